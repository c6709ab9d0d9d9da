"""How a Merkle tree is stored, so that it is only ever added to and every proof takes O(log n) reads.

Of the complete subtrees every fourth level is stored, as runs of at most sixteen neighbours that share their
subtree four levels further up.  A level between is computed from such a run.  The lowest stored level, the
*base*, of a ledger is 0: its leaf hashes.  That of a pool is the level of a page, whose leaf hashes are
computed from its ranges.

A tree of n entries consists of one complete subtree, a *peak*, for each one bit of n; together they are its
*edge*, which is kept for every state that proofs lead to.  What proves an entry is the edge, and within the
peak that holds the entry the runs over it, one of each stored level.

A run may come in pieces, since a batch of entries adds what it completes and never touches what is there.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import batched

import attrs

from riff_critical.ledger import HASH_BYTES, NodeReader, TreePositionError, node_hash

RUN_LEVELS = 4
RUN_NODES = 1 << RUN_LEVELS
# Of a serialised frontier: the size before the hashes.
SIZE_BYTES = 8

# The edge of a tree that grows no more is stored as if it were a run, of a level that no tree reaches.
_EDGE_LEVEL = 60

type Place = tuple[int, int]
"""Level and index of a subtree."""

type NodeRange = tuple[int, int]
"""Level, and index of the first of sixteen neighbouring subtrees, which is a multiple of sixteen."""


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

    def __init__(self, base: int = 0) -> None:
        self._base = base
        self._runs: dict[NodeRange, tuple[int, bytearray]] = {}

    def add(self, completed: Sequence[bytes], size: int, lowest: int = 0) -> None:
        """Take what an entry completed: subtrees of the levels from `lowest`; `size` counts that entry."""
        for level in range(self._base, lowest + len(completed), RUN_LEVELS):
            index = (size - 1) >> level
            _, hashes = self._runs.setdefault((level, index // RUN_NODES), (index, bytearray()))
            hashes += completed[level - lowest]

    def take_whole(self) -> tuple[NodeRun, ...]:
        """The runs that no entry adds to any more, which are forgotten here."""
        return self._taken(
            place
            for place, (first, hashes) in self._runs.items()
            if (first + len(hashes) // HASH_BYTES) % RUN_NODES == 0
        )

    def take(self) -> tuple[NodeRun, ...]:
        """All runs so far, which are forgotten here."""
        return self._taken(self._runs)

    def _taken(self, places: Iterable[NodeRange]) -> tuple[NodeRun, ...]:
        taken = [(level, self._runs.pop((level, run))) for level, run in tuple(places)]
        return tuple(NodeRun(level, first, bytes(hashes)) for level, (first, hashes) in taken)


def runs_over(index: int, size: int, base: int = 0) -> tuple[NodeRange, ...]:
    """What is read to prove entry `index` of a tree of `size` entries, beside the tree's edge."""
    # The peak that holds an entry is that of the highest bit in which they differ.
    peak = (index ^ size).bit_length() - 1
    return tuple(
        (level, (index >> level) // RUN_NODES * RUN_NODES) for level in range(base, peak, RUN_LEVELS)
    )


def peaks_of(frontier: bytes) -> dict[Place, bytes]:
    """The edge of a tree by its places, from a serialised `riff_critical.ledger.Frontier`."""
    return _peaks(int.from_bytes(frontier[:SIZE_BYTES]), frontier[SIZE_BYTES:])


def edge_runs(frontier: bytes) -> tuple[NodeRun, ...]:
    """The edge of a tree that grows no more, as it is stored."""
    peaks = batched(frontier[SIZE_BYTES:], RUN_NODES * HASH_BYTES, strict=False)
    return tuple(NodeRun(_EDGE_LEVEL, run * RUN_NODES, bytes(part)) for run, part in enumerate(peaks))


def edge_ranges(size: int) -> tuple[NodeRange, ...]:
    """What is read for the stored edge of a tree of `size` entries."""
    return tuple((_EDGE_LEVEL, first) for first in range(0, size.bit_count(), RUN_NODES))


def stored_peaks(size: int, runs: Iterable[NodeRun]) -> dict[Place, bytes]:
    """The edge by its places, from all runs that were read of a tree of `size` entries."""
    parts = sorted((run.first, run.hashes) for run in runs if run.level == _EDGE_LEVEL)
    return _peaks(size, b"".join(hashes for _, hashes in parts))


def _peaks(size: int, hashes: bytes) -> dict[Place, bytes]:
    levels = (level for level in range(size.bit_length() - 1, -1, -1) if size >> level & 1)
    return {
        (level, (size >> level) - 1): hashes[at : at + HASH_BYTES]
        for level, at in zip(levels, range(0, len(hashes), HASH_BYTES), strict=False)
    }


def subtrees(runs: Iterable[NodeRun], peaks: Mapping[Place, bytes]) -> NodeReader:
    """The subtrees of a tree of which some runs were read, and the edge.

    The reader raises `TreePositionError` for a subtree of which a part was not read.
    """
    known = dict(peaks)
    stored: dict[NodeRange, bytes] = {}
    # The first piece of a run begins where the run does, because nothing is left out.
    for run in sorted(runs, key=_first):
        place = run.level, run.first // RUN_NODES
        stored[place] = stored[place] + run.hashes if place in stored else run.hashes

    def node(level: int, index: int) -> bytes:
        found = known.get((level, index))
        if found is not None:
            return found
        above = level % RUN_LEVELS
        run, place = divmod(index << above, RUN_NODES)
        start = place * HASH_BYTES
        hashes = stored.get((level - above, run), b"")[start : start + (HASH_BYTES << above)]
        if len(hashes) != HASH_BYTES << above:
            raise TreePositionError("the stored tree lacks a part of itself")
        known[level, index] = _root(hashes)
        return known[level, index]

    return node


def _first(run: NodeRun) -> int:
    return run.first


def _root(hashes: bytes) -> bytes:
    """The root over neighbouring subtrees, whose number is a power of two."""
    while len(hashes) > HASH_BYTES:
        hashes = b"".join(
            [
                node_hash(hashes[at : at + HASH_BYTES], hashes[at + HASH_BYTES : at + 2 * HASH_BYTES])
                for at in range(0, len(hashes), 2 * HASH_BYTES)
            ]
        )
    return hashes
