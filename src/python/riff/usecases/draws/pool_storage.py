"""Keep the pool of a draw, publish it, and prove a place in it.  Part of sealing, drawing, and tickets."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, batched

import attrs

from riff.domain.audit.pool_page import (
    PAGE_LEVEL,
    PAGE_RANGES,
    PoolPage,
    PoolPlace,
    entries_from,
    paged,
    place_in,
)
from riff.domain.audit.stored_nodes import CompletedNodes, NodeRange, NodeRun, StoredTree
from riff.domain.identifiers import RaffleId
from riff.ports.stores import Work
from riff_critical.draw import Pool, Range
from riff_critical.ledger import HASH_BYTES, Frontier, NodeReader, inclusion_proof, leaf_hash, root

_PAGES_AT_ONCE = 256
# Of a serialised frontier: the size before the hashes.
_SIZE_BYTES = 8


def store_pool(raffle_id: RaffleId, draw: int, ranges: Iterable[Range], work: Work) -> Pool:
    """Keep a pool, whose ranges are read once; what the seal states of it.

    Raises:
        DrawFaultError: the ranges form no pool.
        IntegrityFailureError: the draw has a pool already.
    """
    growing = _Growing()
    for pages in batched(paged(ranges), _PAGES_AT_ONCE, strict=False):
        work.pools.add(raffle_id, draw, [page for page, _ in pages])
        for page, held in pages:
            growing.take(page.position, held)
        work.trees.add(raffle_id, draw, growing.nodes.take())
    work.trees.add(raffle_id, draw, growing.edge())
    return growing.pool()


def compact_pool(raffle_id: RaffleId, draw: int, work: Work) -> bytes:
    """A pool in compact form; empty when nothing takes part."""
    return b"".join(page.data for page in work.pools.pages(raffle_id, draw))


def place_in_pool(raffle_id: RaffleId, draw: int, slot: int, work: Work) -> PoolPlace | None:
    """Where the order that begins at a slot stands in a pool, or None if it takes no part."""
    page = work.pools.pages_at(raffle_id, [draw], slot).get(draw)
    return None if page is None else place_in(page, slot)


def places_in_pools(
    raffle_id: RaffleId, slot: int, pools: Mapping[int, Pool], work: Work
) -> Mapping[int, "ListedPlace"]:
    """Where the order that begins at a slot stands in those of the pools that it takes part in; by draw."""
    return {
        draw: ListedPlace(page, place, pools[draw].ranges)
        for draw, page in work.pools.pages_at(raffle_id, list(pools), slot).items()
        if (place := place_in(page, slot)) is not None
    }


@attrs.frozen
class ListedPlace:
    """A place in a pool of so many ranges, and the page that holds it."""

    page: PoolPage
    place: PoolPlace
    ranges: int

    def nodes(self) -> tuple[NodeRange, ...]:
        """What `prove` needs of the tree."""
        return self._tree().needs(self._made).nodes

    def prove(self, nodes: Sequence[NodeRun]) -> tuple[bytes, ...]:
        """The proof, from nodes that were read.

        Raises:
            TreePositionError: the pool is not stored as the seal states it.
        """
        return self._tree().prove(self._made, nodes, {self.page.number: self.page.entries()})

    def _tree(self) -> StoredTree:
        last = self.ranges >> PAGE_LEVEL
        return StoredTree(PAGE_LEVEL, edge=None if self.page.number == last else last)

    def _made(self, node: NodeReader) -> tuple[bytes, ...]:
        return inclusion_proof(self.place.range, self.ranges, node)


class _Growing:
    """The tree of a pool while its pages are stored: a tree of pages, and the ranges of the last one."""

    def __init__(self) -> None:
        self.nodes = CompletedNodes(PAGE_LEVEL)
        self._pages = Frontier()
        self._last = Frontier()
        self._numbers = 0

    def take(self, position: int, ranges: tuple[Range, ...]) -> None:
        """Take a page."""
        entries = entries_from(position, ranges)
        self._numbers = position + sum(count for _, count in ranges)
        if len(ranges) == PAGE_RANGES:
            completed = self._pages.append(root(entries))
            self.nodes.add(completed, self._pages.size << PAGE_LEVEL, PAGE_LEVEL)
        else:
            for entry in entries:
                self._last.append(leaf_hash(entry))

    def edge(self) -> tuple[NodeRun, ...]:
        """The subtrees of the last page, as far as no larger one contains them."""
        first, size = self._pages.size << PAGE_LEVEL, self._last.size
        levels = [level for level in range(PAGE_LEVEL) if size >> level & 1]
        peaks = batched(self._last.to_bytes()[_SIZE_BYTES:], HASH_BYTES, strict=True)
        # From the largest: each begins where the one before it ends.
        starts = accumulate((1 << level for level in reversed(levels)), initial=first)
        return tuple(
            NodeRun(level, start >> level, bytes(peak))
            for level, start, peak in zip(reversed(levels), starts, peaks, strict=False)
        )

    def pool(self) -> Pool:
        """What the seal states."""
        size = (self._pages.size << PAGE_LEVEL) + self._last.size
        peaks = self._pages.to_bytes()[_SIZE_BYTES:] + self._last.to_bytes()[_SIZE_BYTES:]
        edge = size.to_bytes(_SIZE_BYTES) + peaks
        return Pool(size, self._numbers, Frontier.from_bytes(edge).root())
