"""Keep the pool of a draw, publish it, and prove a place in it.  Part of sealing, drawing, and tickets."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import batched

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
from riff.domain.audit.stored_nodes import (
    SIZE_BYTES,
    CompletedNodes,
    NodeRange,
    NodeRun,
    edge_ranges,
    edge_runs,
    runs_over,
    stored_peaks,
    subtrees,
)
from riff.domain.identifiers import RaffleId
from riff.errors import IntegrityFailureError
from riff.ports.stores import Work
from riff_critical.draw import Pool, Range
from riff_critical.ledger import (
    Frontier,
    ProofRejectedError,
    TreePositionError,
    inclusion_proof,
    leaf_hash,
    root,
    verify_inclusion,
)

_PAGES_AT_ONCE = 1024


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
        work.trees.add(raffle_id, draw, growing.nodes.take_whole())
    work.trees.add(raffle_id, draw, (*growing.nodes.take(), *edge_runs(growing.frontier())))
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
        draw: ListedPlace(page, place, pools[draw])
        for draw, page in work.pools.pages_at(raffle_id, list(pools), slot).items()
        if (place := place_in(page, slot)) is not None
    }


@attrs.frozen
class ListedPlace:
    """A place in a pool, and the page that holds it."""

    page: PoolPage
    place: PoolPlace
    pool: Pool

    def nodes(self) -> tuple[NodeRange, ...]:
        """What `prove` needs of the tree."""
        size = self.pool.ranges
        return (*runs_over(self.place.range, size, PAGE_LEVEL), *edge_ranges(size))

    def prove(self, nodes: Sequence[NodeRun]) -> tuple[bytes, ...]:
        """The proof, from nodes that were read; checked before it is given away.

        Raises:
            IntegrityFailureError: the pool is not stored as the seal states it.
        """
        index, size = self.place.range, self.pool.ranges
        leaves = b"".join([leaf_hash(entry) for entry in self.page.entries()])
        runs = (NodeRun(0, self.page.number * PAGE_RANGES, leaves), *nodes)
        (own,) = entries_from(self.place.position, ((self.place.first, self.place.count),))
        try:
            proof = inclusion_proof(index, size, subtrees(runs, stored_peaks(size, nodes)))
            verify_inclusion(leaf_hash(own), index, size, proof, self.pool.root)
        except (ProofRejectedError, TreePositionError) as error:
            raise IntegrityFailureError("A pool is not what was sealed.") from error
        return proof


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

    def frontier(self) -> bytes:
        """The edge of the whole tree, serialised."""
        peaks = self._pages.to_bytes()[SIZE_BYTES:] + self._last.to_bytes()[SIZE_BYTES:]
        return self._size.to_bytes(SIZE_BYTES) + peaks

    def pool(self) -> Pool:
        """What the seal states."""
        return Pool(self._size, self._numbers, Frontier.from_bytes(self.frontier()).root())

    @property
    def _size(self) -> int:
        return (self._pages.size << PAGE_LEVEL) + self._last.size
