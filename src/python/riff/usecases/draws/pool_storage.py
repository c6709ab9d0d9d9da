"""Keep the pool of a draw, publish it, and prove a place in it.  Part of sealing, drawing, and tickets."""

from collections.abc import Iterable
from itertools import batched

from riff.domain.audit.pool_page import PAGE_LEVEL, PAGE_RANGES, PoolPlace, entries_from, paged, place_in
from riff.domain.audit.stored_nodes import CompletedNodes, StoredTree
from riff.domain.identifiers import RaffleId
from riff.ports.stores import Work
from riff_critical.draw import Pool, Range
from riff_critical.ledger import Frontier, inclusion_proof, leaf_hash, root

_PAGES_AT_ONCE = 64


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
    return growing.pool()


def compact_pool(raffle_id: RaffleId, draw: int, work: Work) -> bytes:
    """A pool in compact form; empty when nothing takes part."""
    return b"".join(page.data for page in work.pools.pages(raffle_id, draw))


def place_in_pool(raffle_id: RaffleId, draw: int, slot: int, work: Work) -> PoolPlace | None:
    """Where the order that begins at a slot stands in a pool, or None if it takes no part."""
    page = work.pools.page_at(raffle_id, draw, slot)
    return None if page is None else place_in(page, slot)


def prove_place(
    raffle_id: RaffleId, draw: int, place: PoolPlace, pool: Pool, work: Work
) -> tuple[bytes, ...]:
    """That a range is in a pool, from O(log n) reads.

    Raises:
        TreePositionError: the pool is not stored as the seal states it.
    """

    def entries(number: int) -> tuple[bytes, ...]:
        page = work.pools.page(raffle_id, draw, number)
        return () if page is None else page.entries()

    tree = StoredTree(PAGE_LEVEL, entries, lambda wanted: work.trees.nodes(raffle_id, draw, wanted))
    return tree.prove(lambda node: inclusion_proof(place.range, pool.ranges, node))


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

    def pool(self) -> Pool:
        """What the seal states."""
        size = (self._pages.size << PAGE_LEVEL) + self._last.size
        sizes, peaks = len(size.to_bytes(8)), (self._pages.to_bytes(), self._last.to_bytes())
        edge = size.to_bytes(sizes) + b"".join(each[sizes:] for each in peaks)
        return Pool(size, self._numbers, Frontier.from_bytes(edge).root())
