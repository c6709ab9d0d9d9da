"""The pool D of a draw: the slots that can win, in ascending order, as ranges.

Method: a range is its first slot and its count.  Ranges ascend and do not overlap; they may touch, because
the range of an order stays one range, so that its holder can prove it.  The slots of all ranges, in order,
have the indices 0 .. N - 1; a draw chooses indices.  `position` is the index of a range's first slot.

Leaf of a range in the Merkle tree of D: frame("riff/sd1/range", position || first || count), each as 8 bytes
big-endian.  A leaf with its inclusion proof therefore shows which indices win for the ticket.

Compact form: for each range the gap since the end of the one before (for the first, since 0), then count - 1,
each as an unsigned LEB128 number: 7 bits a byte, lowest first, the high bit set on all but the last byte, no
needless byte.

Requirement: SD/1, steps 5 and 8; GLI-31 4.4.1.
Out of scope: which orders are valid (riff_critical.selling, reconciliation).
"""

from struct import Struct

from riff_critical.declarations import Final, Iterable, Iterator
from riff_critical.documents import Document, Hash, Natural
from riff_critical.draw.faults import DrawFaultError, Fault, require
from riff_critical.encoding import frame
from riff_critical.ledger import root
from riff_critical.selling import MAX_SLOTS

type Range = tuple[int, int]
"""First slot and count."""

_LEAF: Final = Struct(">QQQ")
_LEAF_HEAD: Final = frame("riff/sd1/range", bytes(_LEAF.size))[: -_LEAF.size]  # framed once, not per range
_LOW_BITS: Final = 0x7F
_MORE: Final = 0x80
_MAX_SHIFT: Final = 28  # five bytes of seven bits exceed MAX_SLOTS


class Pool(Document):
    """What the seal states of D: how many ranges, how many numbers N, and the Merkle root."""

    ranges: Natural
    numbers: Natural
    root: Hash


def checked(ranges: Iterable[Range], slots: int = MAX_SLOTS) -> Iterator[Range]:
    """The same ranges, as long as they form a pool within 0 .. slots - 1.

    Raises:
        DrawFaultError: pool-malformed.
    """
    end = 0
    for first, count in ranges:
        if count <= 0:
            raise DrawFaultError(Fault.POOL_MALFORMED, f"an empty range at slot {first}")
        if first < end:
            raise DrawFaultError(Fault.POOL_MALFORMED, f"slot {first} comes after slot {end - 1}")
        end = first + count
        if end > slots:
            raise DrawFaultError(Fault.POOL_MALFORMED, f"slot {end - 1} of {slots}")
        yield first, count


def encode(ranges: Iterable[Range]) -> bytes:
    """The compact form.

    Raises:
        DrawFaultError: pool-malformed.
    """
    data = bytearray()
    end = 0
    for first, count in checked(ranges):
        for value in (first - end, count - 1):
            rest = value
            while rest > _LOW_BITS:
                data.append(rest & _LOW_BITS | _MORE)
                rest >>= 7
            data.append(rest)
        end = first + count
    return bytes(data)


def decode(data: bytes) -> Iterator[Range]:
    """The ranges of the compact form, one after the other.

    Raises:
        DrawFaultError: pool-malformed.
    """
    numbers = _leb128(data)
    end = 0
    for gap in numbers:
        rest = next(numbers, None)
        if rest is None:
            raise DrawFaultError(Fault.POOL_MALFORMED, "a range without a count")
        first = end + gap
        end = first + rest + 1
        yield first, rest + 1


def leaves(ranges: Iterable[Range]) -> Iterator[bytes]:
    """The entries of the Merkle tree of D."""
    position = 0
    for first, count in ranges:
        yield _LEAF_HEAD + _LEAF.pack(position, first, count)
        position += count


def measure(ranges: Iterable[Range], slots: int = MAX_SLOTS) -> Pool:
    """Read the ranges once, in constant memory, and state what the seal states of them.

    Raises:
        DrawFaultError: pool-malformed.
    """
    count_ranges = numbers = 0

    def entries() -> Iterator[bytes]:
        nonlocal count_ranges, numbers
        for first, count in checked(ranges, slots):
            yield _LEAF_HEAD + _LEAF.pack(numbers, first, count)
            count_ranges += 1
            numbers += count

    merkle_root = root(entries())
    return Pool(count_ranges, numbers, merkle_root)


def slots_at(indices: Iterable[int], ranges: Iterable[Range]) -> dict[int, int]:
    """The slot of each index, reading the ranges once, in their order, as far as needed.

    Raises:
        DrawFaultError: slot-wrong: an index does not exist.
    """
    wanted = sorted(set(indices), reverse=True)
    slots: dict[int, int] = {}
    position = 0
    for first, count in ranges:
        while wanted and wanted[-1] < position + count:
            index = wanted.pop()
            slots[index] = first + index - position
        if not wanted:
            break
        position += count
    require(not wanted, Fault.SLOT_WRONG, f"{len(wanted)} indices do not exist")
    return slots


def indices_of(slots: Iterable[int], ranges: Iterable[Range]) -> dict[int, int]:
    """The index of each slot that is in the pool, reading the ranges once, as far as needed."""
    wanted = sorted(set(slots), reverse=True)
    indices: dict[int, int] = {}
    position = 0
    for first, count in ranges:
        while wanted and wanted[-1] < first + count:
            slot = wanted.pop()
            if slot >= first:
                indices[slot] = position + slot - first
        if not wanted:
            break
        position += count
    return indices


def _leb128(data: bytes) -> Iterator[int]:
    """The numbers, each in its shortest form."""
    value = shift = 0
    for octet in data:
        if octet & _MORE:
            value |= (octet & _LOW_BITS) << shift
            shift += 7
            if shift > _MAX_SHIFT:
                raise DrawFaultError(Fault.POOL_MALFORMED, "a number of more than five bytes")
        elif not shift:  # nearly all numbers have one byte
            yield octet
        elif not octet:
            raise DrawFaultError(Fault.POOL_MALFORMED, "a number with a needless byte")
        else:
            yield value | octet << shift
            value = shift = 0
    require(shift == 0, Fault.POOL_MALFORMED, "a number without its last byte")
