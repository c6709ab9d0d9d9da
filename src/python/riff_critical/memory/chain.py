"""The hash chain of a sales unit: every record fixes all records before it.

Method.  A chain belongs to an identity: bytes that name the unit, the raffle and the enrolment.  A link is a
position, counted from 0, and a head of 32 bytes:

    head 0 = SHA-256(frame("riff/memory/start", identity))
    head i = SHA-256(frame("riff/memory/record", head i-1, i as 8 bytes big-endian, record i))

The mark of a link is its position and the first 8 bytes of its head, the tag.  A ticket bears the mark of its
record, so whoever holds a ticket whose mark is in no uploaded chain can prove that its sale was left out.

A mark is no secret and no signature: whoever can write the memory can make a chain.  Such a chain contradicts
the marks on tickets already sold; for a ticket at hand the chance of agreement is 1 in 2^64.
"""

from hashlib import sha256

from riff_critical.declarations import Final
from riff_critical.encoding import frame
from riff_critical.errors import InvalidInputError
from riff_critical.values import Value

HEAD_BYTES: Final = 32
TAG_BYTES: Final = 8
POSITION_BYTES: Final = 8
MAX_IDENTITY_BYTES: Final = 256
MAX_RECORD_BYTES: Final = 4096
"""An offline sale takes about 300 bytes, a configuration up to about 3,000."""


class RecordSizeError(InvalidInputError):
    """An identity or a record is empty or too long, or is not bytes."""

    code = "record-size"


class Mark(Value):
    """What a ticket bears: how many records there were, and the tag of the head."""

    position: int
    tag: bytes


class Link(Value):
    """The chain after `position` records."""

    position: int
    head: bytes

    @property
    def mark(self) -> Mark:
        """The position and tag to print."""
        return Mark(self.position, self.head[:TAG_BYTES])

    def after(self, record: bytes) -> "Link":
        """The chain with one record more.

        Raises:
            RecordSizeError: the record is not 1 to MAX_RECORD_BYTES bytes long.
        """
        require_bytes("a record", record, MAX_RECORD_BYTES)
        position = self.position + 1
        place = position.to_bytes(POSITION_BYTES)
        return Link(position, sha256(frame("riff/memory/record", self.head, place, record)).digest())


def start(identity: bytes) -> Link:
    """The chain without records.

    Raises:
        RecordSizeError: the identity is not 1 to MAX_IDENTITY_BYTES bytes long.
    """
    require_bytes("an identity", identity, MAX_IDENTITY_BYTES)
    return Link(0, sha256(frame("riff/memory/start", identity)).digest())


def require_bytes(what: str, value: object, most: int) -> None:
    """Refuse everything but 1 to `most` bytes."""
    if not isinstance(value, bytes) or not 1 <= len(value) <= most:
        raise RecordSizeError(f"{what} is 1 to {most} bytes")
