"""How a Merkle tree is stored, so that it is only ever added to and every proof takes O(log n) reads.

The entries themselves are stored, in groups that are complete subtrees of a *base* level.  Of the subtrees
above, the levels base, base + 4, base + 8, ... are stored, as runs of at most sixteen neighbours that share
their subtree four levels further up.  Everything between is computed: from the sixteen hashes of such a run,
or from the entries of one group.  A proof needs one run of each stored level, and the entries of at most two
groups: the one that the entry is in, and the incomplete one at the end.  Of a tree that grows no more the
subtrees of the incomplete group are stored too, as its *edge*, and the second group is not needed.

A run may come in pieces, since a batch of entries adds what it completes and never touches what is there.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

import attrs

from riff_critical.ledger import HASH_BYTES, NodeReader, TreePositionError, leaf_hash, node_hash

RUN_LEVELS = 4
RUN_NODES = 1 << RUN_LEVELS

type NodeRange = tuple[int, int]
"""Level, and index of the first of sixteen neighbouring subtrees, which is a multiple of sixteen."""

type Proof[T] = Callable[[NodeReader], T]
"""Makes something of a tree's subtrees, which it asks for one by one, always for the same."""


@attrs.frozen
class NodeRun:
    """Neighbouring complete subtrees of one level.

    Attributes:
        level: each holds two to the power of this many entries.
        first: index of the first of them.
        hashes: their roots, one after the other.
    """

    level: int
    first: int
    hashes: bytes


class CompletedNodes:
    """The subtrees to store, collected while a tree grows."""

    def __init__(self, base: int) -> None:
        self._base = base
        self._runs: dict[tuple[int, int], tuple[int, bytearray]] = {}

    def add(self, completed: Sequence[bytes], size: int, lowest: int = 0) -> None:
        """Take what an entry completed: subtrees of the levels from `lowest`; `size` counts that entry."""
        for level in range(self._base, lowest + len(completed), RUN_LEVELS):
            index = (size - 1) >> level
            _, hashes = self._runs.setdefault((level, index // RUN_NODES), (index, bytearray()))
            hashes += completed[level - lowest]

    def take(self) -> tuple[NodeRun, ...]:
        """The runs so far, which are forgotten here."""
        runs = tuple(
            NodeRun(level, first, bytes(hashes)) for (level, _), (first, hashes) in self._runs.items()
        )
        self._runs.clear()
        return runs


@attrs.frozen
class Needs:
    """What of a stored tree a proof is made from.

    Attributes:
        nodes: the ranges whose runs it needs.
        groups: the indices of the groups whose entries it needs.
    """

    nodes: tuple[NodeRange, ...]
    groups: tuple[int, ...]


@attrs.frozen
class StoredTree:
    """How a tree is stored: what a proof needs of it, and the proof when that was read.

    Attributes:
        base: the level of a group of entries.
        edge: the index of the incomplete group whose subtrees are stored, or None.
    """

    base: int
    edge: int | None = None

    def needs(self, proof: Proof[object]) -> Needs:
        """What has to be read for `proof`."""
        ranges: set[NodeRange] = set()
        wanted: set[int] = set()

        def ask(level: int, index: int) -> bytes:
            if self._is_computed(level, index):
                wanted.add(index >> self.base - level)
            else:
                stored, first = self._stored(level, index)
                ranges.add((stored, first // RUN_NODES * RUN_NODES))
            return bytes(HASH_BYTES)

        proof(ask)
        return Needs(tuple(sorted(ranges)), tuple(sorted(wanted)))

    def prove[T](self, proof: Proof[T], nodes: Iterable[NodeRun], groups: Mapping[int, Iterable[bytes]]) -> T:
        """What `proof` makes of the tree's subtrees.

        Args:
            proof: asks for them.
            nodes: the stored runs that touch what it needs.
            groups: the entries of the groups that it needs, by the groups' indices.

        Raises:
            TreePositionError: the tree is smaller than `proof` supposes, or something of it is missing.
        """
        hashes = _by_place(nodes)
        computed = {group: _levels(entries) for group, entries in groups.items()}

        def read(level: int, index: int) -> bytes:
            if self._is_computed(level, index):
                group = index >> self.base - level
                return computed[group][level][index - (group << self.base - level)]
            stored, first = self._stored(level, index)
            return _root([hashes[stored, first + each] for each in range(1 << level - stored)])

        try:
            return proof(read)
        except LookupError as error:
            raise TreePositionError("the stored tree lacks a part of itself") from error

    def _is_computed(self, level: int, index: int) -> bool:
        """Whether a subtree is computed from entries: it lies in a group, and not in the stored edge."""
        return level < self.base and index >> self.base - level != self.edge

    def _stored(self, level: int, index: int) -> NodeRange:
        """The stored level at or below a level, and where a subtree begins there."""
        if level < self.base:
            return level, index
        above = (level - self.base) % RUN_LEVELS
        return level - above, index << above


def _by_place(runs: Iterable[NodeRun]) -> dict[NodeRange, bytes]:
    return {
        (run.level, run.first + at // HASH_BYTES): run.hashes[at : at + HASH_BYTES]
        for run in runs
        for at in range(0, len(run.hashes), HASH_BYTES)
    }


def _levels(entries: Iterable[bytes]) -> list[list[bytes]]:
    """Every complete subtree of a group, by level."""
    levels = [[leaf_hash(entry) for entry in entries]]
    while len(levels[-1]) > 1:
        levels.append(_joined(levels[-1]))
    return levels


def _root(nodes: list[bytes]) -> bytes:
    """The root over neighbouring subtrees, whose number is a power of two."""
    while len(nodes) > 1:
        nodes = _joined(nodes)
    return nodes[0]


def _joined(nodes: list[bytes]) -> list[bytes]:
    """The complete subtrees over neighbouring ones; the last one may stand alone, and is in none."""
    pairs = iter(nodes)
    return [node_hash(left, right) for left, right in zip(pairs, pairs, strict=False)]
