"""The Merkle tree of RFC 6962: one short hash that commits to every entry and to their order.

Method (RFC 6962, 2.1), with || for concatenation:
    leaf_hash(d)    = SHA-256(0x00 || d)
    node_hash(l, r) = SHA-256(0x01 || l || r)
    root of no entry         = SHA-256 of the empty string (EMPTY_ROOT)
    root of one entry d      = leaf_hash(d)
    root of n > 1 entries    = node_hash(root of the first k, root of the others), where k is the largest
                               power of two smaller than n
A complete subtree holds 2^level entries and starts at a multiple of that.  It is named (level, index); (0, i)
is the leaf hash of entry i.  Complete subtrees never change when entries are appended, so a store keeps them,
and every proof is read from O(log n) of them.

Inclusion (2.1.1): the proof for entry m of n is, from the leaf upwards, the root of the other part at each
division.  Consistency (2.1.2): follow the divisions towards the last entry of the older tree until a part
ends with it; the proof is the root of that part, unless it is the whole older tree, then upwards the root of
the other part at each division.

Decided here, because RFC 6962 leaves it open: the empty tree is a tree, of size 0 and root EMPTY_ROOT.  Every
tree is consistent with it and with itself, and both proofs are empty.  Nothing is included in it.

Vectors: tests/vectors/merkle.json.  Requirement: SD/1, steps 3, 5 and 11.
Out of scope: what the entries mean (`records`), who vouches for the root (`checkpoint`), and storage.
"""

from hashlib import sha256
from itertools import batched

from riff_critical.declarations import Callable, Final, Iterable, Self, Sequence
from riff_critical.errors import CorruptionError, InvalidInputError

HASH_BYTES: Final = 32
EMPTY_ROOT: Final = sha256().digest()

_SIZE_BYTES: Final = 8
_BATCH_LEVEL: Final = 8  # `root` folds this many levels at once: less work per entry, and still little memory

type NodeReader = Callable[[int, int], bytes]
"""Gives the root of the complete subtree (level, index)."""


class TreePositionError(InvalidInputError):
    """A size or an index does not exist in the tree, or a hash has not the length of one."""

    code = "tree-position-invalid"


class ProofRejectedError(CorruptionError):
    """The proof does not show what it claims to show."""

    code = "proof-rejected"


def leaf_hash(entry: bytes) -> bytes:
    """Hash one entry."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash two neighbouring parts of a tree into their parent."""
    return sha256(b"\x01" + left + right).digest()


class Frontier:
    """The right edge of a growing tree: the complete subtrees that no larger one contains, from the largest.

    This state of O(log n) suffices to append for ever and to give the root at any time.  Serialised, it is
    the size as 8 bytes big-endian and these roots in order; their levels are the one bits of the size.
    """

    __slots__ = ("_peaks", "_size")

    def __init__(self) -> None:
        self._size = 0
        self._peaks: list[bytes] = []

    @property
    def size(self) -> int:
        """How many entries the tree holds."""
        return self._size

    def append(self, leaf: bytes) -> tuple[bytes, ...]:
        """Append a leaf hash; return the roots of the subtrees that this completes, by level from 0.

        With n entries afterwards, element k of the result is subtree (k, (n - 1) >> k).

        Raises:
            TreePositionError: `leaf` is not a hash.
        """
        if len(leaf) != HASH_BYTES:
            raise TreePositionError(f"a leaf hash has {HASH_BYTES} bytes, not {len(leaf)}")
        return self._join(leaf, 0)

    def root(self) -> bytes:
        """The root of the entries so far."""
        return _fold(self._peaks) if self._peaks else EMPTY_ROOT

    def to_bytes(self) -> bytes:
        """The serialised state."""
        return self._size.to_bytes(_SIZE_BYTES) + b"".join(self._peaks)

    @classmethod
    def from_bytes(cls, state: bytes) -> Self:
        """Restore the state that `to_bytes` gave.

        Raises:
            TreePositionError: the length does not fit the size.
        """
        frontier = cls()
        frontier._size = int.from_bytes(state[:_SIZE_BYTES])
        if len(state) != _SIZE_BYTES + HASH_BYTES * frontier._size.bit_count():
            raise TreePositionError("a frontier is a size and one hash for each of its one bits")
        frontier._peaks = [state[at : at + HASH_BYTES] for at in range(_SIZE_BYTES, len(state), HASH_BYTES)]
        return frontier

    def _join(self, node: bytes, level: int) -> tuple[bytes, ...]:
        """Append a complete subtree of `level`; the size must be a multiple of what it holds."""
        completed = [node]
        subtrees = self._size >> level
        while subtrees & 1:
            node = node_hash(self._peaks.pop(), node)
            completed.append(node)
            subtrees >>= 1
        self._peaks.append(node)
        self._size += 1 << level
        return tuple(completed)


class Levels:
    """Every complete subtree of a tree that fits in memory; its `node` is a `NodeReader`."""

    __slots__ = ("_frontier", "_levels")

    def __init__(self, entries: Iterable[bytes] = ()) -> None:
        self._frontier = Frontier()
        self._levels: list[list[bytes]] = []
        for entry in entries:
            self.append(entry)

    @property
    def size(self) -> int:
        """How many entries the tree holds."""
        return self._frontier.size

    def append(self, entry: bytes) -> None:
        """Append one entry."""
        for level, node in enumerate(self._frontier.append(leaf_hash(entry))):
            if level == len(self._levels):
                self._levels.append([])
            self._levels[level].append(node)

    def root(self) -> bytes:
        """The root of the entries so far."""
        return self._frontier.root()

    def node(self, level: int, index: int) -> bytes:
        """The root of the complete subtree (level, index)."""
        return self._levels[level][index]


def root(entries: Iterable[bytes]) -> bytes:
    """The root of all `entries`, which are read once, in constant memory."""
    frontier = Frontier()
    for batch in batched(entries, 1 << _BATCH_LEVEL, strict=False):
        nodes = [sha256(b"\x00" + entry).digest() for entry in batch]
        if len(nodes) < 1 << _BATCH_LEVEL:  # the last one
            for node in nodes:
                frontier.append(node)
            break
        while len(nodes) > 1:
            pairs = iter(nodes)
            nodes = [
                sha256(b"\x01" + left + right).digest() for left, right in zip(pairs, pairs, strict=True)
            ]
        frontier._join(nodes[0], _BATCH_LEVEL)  # noqa: SLF001 - this module keeps its precondition
    return frontier.root()


def inclusion_proof(index: int, size: int, node: NodeReader) -> tuple[bytes, ...]:
    """Prove that entry `index` is in the tree of `size` entries.

    Raises:
        TreePositionError: not 0 <= index < size.
    """
    if not 0 <= index < size:
        raise TreePositionError(f"no entry {index} in a tree of {size}")
    return tuple(_part_root(start, stop, node) for start, stop in _inclusion_parts(index, size))


def verify_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], expected_root: bytes
) -> None:
    """Check that entry `index` of the tree (size, expected_root) has the hash `leaf`.

    Raises:
        ProofRejectedError: the proof does not show it.
    """
    if not 0 <= index < size:
        raise ProofRejectedError(f"no entry {index} in a tree of {size}")
    parts = _inclusion_parts(index, size)
    _require_hashes(len(parts), proof, leaf, expected_root)
    folded = leaf
    for (start, _), other in zip(parts, proof, strict=True):
        folded = node_hash(other, folded) if start < index else node_hash(folded, other)
    if folded != expected_root:
        raise ProofRejectedError("the proof leads to another root")


def consistency_proof(old_size: int, size: int, node: NodeReader) -> tuple[bytes, ...]:
    """Prove that the tree of `size` entries begins with the tree of its first `old_size` entries.

    Raises:
        TreePositionError: not 0 <= old_size <= size.
    """
    if not 0 <= old_size <= size:
        raise TreePositionError(f"a tree of {size} never had {old_size} entries")
    return tuple(_part_root(start, stop, node) for start, stop in _consistency_parts(old_size, size))


def verify_consistency(
    old_size: int, old_root: bytes, size: int, new_root: bytes, proof: Sequence[bytes]
) -> None:
    """Check that the tree (size, new_root) begins with the entries of the tree (old_size, old_root).

    Raises:
        ProofRejectedError: the proof does not show it.
    """
    if not 0 <= old_size <= size:
        raise ProofRejectedError(f"a tree of {size} never had {old_size} entries")
    parts = _consistency_parts(old_size, size)
    _require_hashes(len(parts), proof, old_root, new_root)
    if old_size == 0:
        old, new = EMPTY_ROOT, new_root if size else EMPTY_ROOT
    else:
        old, new = _fold_consistency(old_size, old_root, parts, proof)
    if (old, new) != (old_root, new_root):
        raise ProofRejectedError("the proof leads to other roots")


def _fold_consistency(
    old_size: int, old_root: bytes, parts: Sequence[tuple[int, int]], proof: Sequence[bytes]
) -> tuple[bytes, bytes]:
    """The roots of both trees, from the part that ends the older one upwards."""
    hashes = list(zip(parts, proof, strict=True))
    old = new = hashes.pop(0)[1] if parts and parts[0][1] == old_size else old_root
    for (start, _), other in hashes:
        if start < old_size:
            old, new = node_hash(other, old), node_hash(other, new)
        else:
            new = node_hash(new, other)
    return old, new


def _inclusion_parts(index: int, size: int) -> list[tuple[int, int]]:
    """The parts [start, stop) whose roots prove entry `index`, from the leaf upwards."""
    start, stop, parts = 0, size, []
    while stop - start > 1:
        start, stop, other = _divide(index, start, stop)
        parts.append(other)
    return parts[::-1]


def _consistency_parts(old_size: int, size: int) -> list[tuple[int, int]]:
    """The parts whose roots prove the older tree, from the one that ends it upwards."""
    start, stop, parts = 0, size, []
    while old_size not in {0, stop}:
        start, stop, other = _divide(old_size - 1, start, stop)
        parts.append(other)
    if start > 0:
        parts.append((start, stop))
    return parts[::-1]


def _divide(index: int, start: int, stop: int) -> tuple[int, int, tuple[int, int]]:
    """Divide [start, stop): the part that holds `index`, and the other."""
    middle = start + (1 << (stop - start - 1).bit_length() - 1)
    if index < middle:
        return start, middle, (middle, stop)
    return middle, stop, (start, middle)


def _part_root(start: int, stop: int, node: NodeReader) -> bytes:
    """The root of the part [start, stop), read from its complete subtrees."""
    peaks = []
    while start < stop:
        level = (stop - start).bit_length() - 1
        peaks.append(node(level, start >> level))
        start += 1 << level
    return _fold(peaks)


def _fold(peaks: Sequence[bytes]) -> bytes:
    """The root of what the complete subtrees `peaks`, from the largest, hold together."""
    folded = peaks[-1]
    for peak in peaks[-2::-1]:
        folded = node_hash(peak, folded)
    return folded


def _require_hashes(count: int, proof: Sequence[bytes], *others: bytes) -> None:
    """Refuse other lengths: joined hashes have no separator, so a shifted boundary would prove a lie."""
    if len(proof) != count:
        raise ProofRejectedError(f"the proof has {len(proof)} hashes instead of {count}")
    if any(len(value) != HASH_BYTES for value in (*proof, *others)):
        raise ProofRejectedError(f"a hash has {HASH_BYTES} bytes")
