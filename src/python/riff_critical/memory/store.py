"""The critical memory of a sales unit: records that the system does not have yet, as one string of bytes.

Method.  A store holds the records behind a link of the chain, its base.  Records are appended at the end
until the buffer limit; when the system has acknowledged a mark, the records up to it are dropped and the
link at the mark becomes the base, so that the chain goes on unbroken.  Its bytes are

    "RFM1" || base position (8) || base head (32) || number of records (4) || seal (32)
           || length (4) || record || length (4) || record ...                      (integers big-endian)

    seal = SHA-256(frame("riff/memory/seal", identity, base position, base head, end position, end head))

There is one encoding for each store and one store for each encoding, and the seal depends on every part of a
store through the end of its chain.  Hence any flipped, lost, added, repeated or reordered bit, byte or record
is detected, except by a collision of SHA-256.  What no bytes can tell is that all of them were put back to an
earlier state; `holds` answers that, given a mark known from outside.

Appending changes the number, the seal, and the end of the bytes: a device may write these alone.
Requirements: GLI-31 3.4.1 to 3.4.5, 6.1.4.  Vectors: tests/vectors/memory.json.
Out of scope: the medium, what a record says, encryption.
"""

from hashlib import sha256
from hmac import compare_digest

from riff_critical.declarations import Final
from riff_critical.encoding import frame
from riff_critical.errors import CorruptionError, InvalidInputError, RefusedError
from riff_critical.memory.chain import (
    HEAD_BYTES,
    MAX_IDENTITY_BYTES,
    POSITION_BYTES,
    Link,
    Mark,
    RecordSizeError,
    require_bytes,
    start,
)
from riff_critical.values import Value

MAX_RECORDS: Final = 100_000
_MAGIC: Final = b"RFM1"
_COUNT_BYTES: Final = 4
_LENGTH_BYTES: Final = 4


class StoreDamagedError(CorruptionError):
    """The bytes are not a store of this identity, or no longer."""

    code = "store-damaged"


class BufferFullError(RefusedError):
    """The store holds as many records as the buffer limit allows: upload first."""

    code = "buffer-full"


class BufferLimitError(InvalidInputError):
    """A buffer limit is not an integer from 1 to MAX_RECORDS."""

    code = "buffer-limit"


class MarkNotHeldError(RefusedError):
    """The mark belongs to another chain, or to a part that this store does not hold."""

    code = "mark-not-held"


class Store(Value):
    """The records between two links of the chain of one identity.  Made by the functions below only."""

    identity: bytes
    base: Link
    end: Link
    records: tuple[bytes, ...]

    @property
    def links(self) -> tuple[Link, ...]:
        """The chain from the base to the end, both included."""
        found = [self.base]
        for record in self.records:
            found.append(found[-1].after(record))
        return tuple(found)

    def holds(self, mark: Mark) -> bool:
        """Whether the mark is that of one of the links."""
        return any(link.mark == mark for link in self.links)


def empty(identity: bytes) -> Store:
    """A store at the beginning of its chain."""
    link = start(identity)
    return Store(identity, base=link, end=link, records=())


def append(store: Store, record: bytes, limit: int) -> Store:
    """The store with one record more; print the mark of its end once both copies are written.

    Raises:
        BufferFullError: there are `limit` records already.
        RecordSizeError: the record is empty or too long.
    """
    if type(limit) is not int or not 1 <= limit <= MAX_RECORDS:
        raise BufferLimitError(f"a buffer limit is an integer from 1 to {MAX_RECORDS}, not {limit!r}")
    if len(store.records) >= limit:
        raise BufferFullError(f"{len(store.records)} records wait for upload, the limit is {limit}")
    return Store(store.identity, store.base, store.end.after(record), (*store.records, record))


def acknowledge(store: Store, mark: Mark) -> Store:
    """The store without the records that the system has acknowledged, up to the mark.

    Raises:
        MarkNotHeldError: the mark is none of this store's; nothing is dropped.
    """
    for dropped, link in enumerate(store.links):
        if link.mark == mark:
            return Store(store.identity, link, store.end, store.records[dropped:])
    raise MarkNotHeldError(f"position {mark.position} with tag {mark.tag.hex()} is not in this store")


def to_bytes(store: Store) -> bytes:
    """The bytes to keep."""
    pieces = [
        _MAGIC,
        store.base.position.to_bytes(POSITION_BYTES),
        store.base.head,
        len(store.records).to_bytes(_COUNT_BYTES),
        _seal(store),
    ]
    for record in store.records:
        pieces += (len(record).to_bytes(_LENGTH_BYTES), record)
    return b"".join(pieces)


def from_bytes(identity: bytes, data: bytes) -> Store:
    """The store that was kept.

    Raises:
        StoreDamagedError: these are not the bytes of a store of this identity.
        RecordSizeError: the identity itself is none.
    """
    require_bytes("an identity", identity, MAX_IDENTITY_BYTES)
    try:
        return _read(identity, _Reader(data))
    except RecordSizeError as error:
        raise StoreDamagedError(f"a record cannot be: {error}") from error


def _read(identity: bytes, reader: "_Reader") -> Store:
    if reader.take(len(_MAGIC)) != _MAGIC:
        raise StoreDamagedError("not a store")
    base = Link(reader.integer(POSITION_BYTES), reader.take(HEAD_BYTES))
    count, seal = reader.integer(_COUNT_BYTES), reader.take(HEAD_BYTES)
    records, end = [], base
    for _ in range(count):
        record = reader.take(reader.integer(_LENGTH_BYTES))
        end = end.after(record)
        records.append(record)
    reader.require_end()
    store = Store(identity, base, end, tuple(records))
    if not compare_digest(_seal(store), seal):
        raise StoreDamagedError("the seal does not fit the records")
    return store


def _seal(store: Store) -> bytes:
    parts = (
        store.identity,
        store.base.position.to_bytes(POSITION_BYTES),
        store.base.head,
        store.end.position.to_bytes(POSITION_BYTES),
        store.end.head,
    )
    return sha256(frame("riff/memory/seal", *parts)).digest()


class _Reader:
    """Takes bytes from the front of a string that may end too early."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._taken = 0

    def take(self, count: int) -> bytes:
        piece = self._data[self._taken : self._taken + count]
        if len(piece) != count:
            raise StoreDamagedError(f"ends after {len(self._data)} bytes, inside a field or record")
        self._taken += count
        return piece

    def integer(self, size: int) -> int:
        return int.from_bytes(self.take(size))

    def require_end(self) -> None:
        left = len(self._data) - self._taken
        if left:
            raise StoreDamagedError(f"{left} bytes follow the last record")
