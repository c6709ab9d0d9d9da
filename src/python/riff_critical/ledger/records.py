"""Ledger records: what happened to the numbers of a raffle, as entries of its public ledger.

Method: a record is a document (riff_critical.documents); its ledger entry is the canonical JSON of the
record's fields and of "kind".  `at` is Unix time in milliseconds.  Slots are positions in the raffle's number
space; a slot range is `first` and `count`.  Money is in the smallest unit of the raffle's currency.

A record never holds personal data or a clear validation number.  What must be recognised by its owner alone
stands as a salted hash: salted_hash(salt, value) = SHA-256(frame("riff/ledger/salted/1", salt, value as
UTF-8)), with a salt of 16 to 64 random bytes that only the holder receives.  `order` and `validation` are
such hashes, of the order identifier and of the validation number in its printed form; so is `official`.

Vectors: tests/vectors/records.json.  Requirement: SD/1, step 3; GLI-31 2.3.3, 2.6.3.
Out of scope: whether a record agrees with earlier ones, which its writer decides.
"""

from enum import StrEnum
from hashlib import sha256

from riff_critical.declarations import ClassVar, Final
from riff_critical.documents import Document, DocumentError, Hash, Line, Name, Natural, Positive, parse
from riff_critical.encoding import MAX_INTEGER, canonical_json, frame
from riff_critical.errors import InvalidInputError

MIN_SALT_BYTES: Final = 16
MAX_SALT_BYTES: Final = 64
MAX_RECORD_BYTES: Final = 4096


class SaltLengthError(InvalidInputError):
    """A salt is shorter or longer than allowed."""

    code = "salt-length-invalid"


class CloseCause(StrEnum):
    """What closed the sales."""

    SCHEDULE = "schedule"
    OFFICIAL = "official"


class Record(Document):
    """Base of the records."""

    KIND: ClassVar[str]

    at: Natural


class _SlotRange(Record):
    """A record about the slots first .. first + count - 1 of one order."""

    order: Hash
    first: Natural
    count: Positive

    def require(self) -> None:
        """The last slot is still a slot."""
        if self.first + self.count - 1 > MAX_INTEGER:
            raise DocumentError("the range ends beyond the largest slot")


class Sale(_SlotRange):
    """An order was sold: its slots, its price, and where."""

    KIND = "SALE"

    validation: Hash
    package: Name
    amount: Natural
    seller: Name


class Void(_SlotRange):
    """An order was voided or refunded; its slots are never sold again."""

    KIND = "VOID"

    amount: Natural
    reason: Line


class Reprint(Record):
    """The ticket of an order was printed again; `copy` counts from 1 for the first reprint."""

    KIND = "REPRINT"

    order: Hash
    copy: Positive
    seller: Name


class Upload(Record):
    """An offline unit delivered its chain up to entry number `position`, whose hash is `head`."""

    KIND = "UPLOAD"

    seller: Name
    position: Natural
    head: Hash


class Price(Record):
    """From `at` on, `count` numbers of a package cost `amount`."""

    KIND = "PRICE"

    package: Name
    count: Positive
    amount: Natural
    official: Hash


class Suspend(Record):
    """Sales were suspended, or resumed."""

    KIND = "SUSPEND"

    resumed: bool
    reason: Line
    official: Hash


class Close(Record):
    """Sales ended for good."""

    KIND = "CLOSE"

    cause: CloseCause


class Sealed(Record):
    """The list to draw from was sealed."""

    KIND = "SEAL"

    seal: Hash


class Drawn(Record):
    """An attempt of a draw started, or ended; then `transcript` is the hash of what now includes it."""

    KIND = "DRAW"

    draw: Positive
    attempt: Positive
    transcript: Hash | None


_KINDS: Final[tuple[type[Record], ...]] = (Sale, Void, Reprint, Upload, Price, Suspend, Close, Sealed, Drawn)


def entry(record: Record) -> bytes:
    """The ledger entry of a record."""
    return canonical_json({"kind": record.KIND, **record.to_json()})


def parse_entry(data: bytes) -> Record:
    """The record whose ledger entry is `data`.

    Raises:
        DocumentError: it is no entry.
    """
    if len(data) > MAX_RECORD_BYTES:
        raise DocumentError(f"an entry has at most {MAX_RECORD_BYTES} bytes")
    members = parse(data)
    if not isinstance(members, dict):
        raise DocumentError("an entry is an object")
    name = members.pop("kind", None)
    for kind in _KINDS:
        if name == kind.KIND:
            return kind.from_json(members)
    raise DocumentError("an entry is of one of the kinds of record")


def salted_hash(salt: bytes, value: str) -> bytes:
    """What a record shows of `value`: nothing, except to whoever knows `salt` and `value`.

    Raises:
        SaltLengthError: the salt has not 16 to 64 bytes.
    """
    if not MIN_SALT_BYTES <= len(salt) <= MAX_SALT_BYTES:
        raise SaltLengthError(f"a salt has {MIN_SALT_BYTES} to {MAX_SALT_BYTES} bytes")
    return sha256(frame("riff/ledger/salted/1", salt, value.encode())).digest()
