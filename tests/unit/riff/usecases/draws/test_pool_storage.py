"""A stored pool is the pool, and proves each place in it."""

from copy import replace
from itertools import accumulate

import attrs
import pytest

from riff.domain.audit.pool_page import PAGE_RANGES
from riff.domain.identifiers import RaffleId
from riff.errors import IntegrityFailureError
from riff.usecases.draws.pool_storage import compact_pool, place_in_pool, places_in_pools, store_pool
from riff_critical.draw import DrawFaultError, Pool, Range, encode, leaves, measure
from riff_critical.ledger import leaf_hash, verify_inclusion
from tests.support.fakes import Fakes

RAFFLE = RaffleId(Fakes().identifiers.new())


def ranges_of(count: int) -> tuple[Range, ...]:
    """Ranges of one to five numbers with gaps after every third."""
    counts = [1 + place % 5 for place in range(count)]
    ends = accumulate(number + (place % 3 == 0) for place, number in enumerate(counts))
    return tuple((end - number, number) for end, number in zip(ends, counts, strict=True))


def stored(count: int) -> tuple[Fakes, Pool]:
    fakes = Fakes()
    with fakes.transactions.begin() as work:
        return fakes, store_pool(RAFFLE, 1, iter(ranges_of(count)), work)


@pytest.mark.parametrize("count", [0, 1, 16, 255, 256, 257, 512, 5000, 70_000])
def test_states_and_publishes_what_the_core_would(count: int) -> None:
    fakes, pool = stored(count)
    assert measure(ranges_of(count)) == pool
    with fakes.transactions.begin() as work:
        assert encode(ranges_of(count)) == compact_pool(RAFFLE, 1, work)


@pytest.mark.parametrize("count", [1, 16, 63, 64, 65, 127, 255, 256, 257, 512, 5000])
def test_proves_every_place(count: int) -> None:
    fakes, pool = stored(count)
    entries = tuple(leaves(ranges_of(count)))
    with fakes.transactions.begin() as work:
        for index in {0, count // 3, count // 2, count - 1}:
            first = ranges_of(count)[index][0]
            listed = places_in_pools(RAFFLE, first, {1: pool}, work)[1]
            place, proof = listed.place, listed.prove(work.trees.nodes(RAFFLE, {1: listed.nodes()})[1])
            assert place == place_in_pool(RAFFLE, 1, first, work)
            assert place.range == index
            verify_inclusion(leaf_hash(entries[index]), index, count, proof, pool.root)


@pytest.mark.parametrize("index", [0, 150, 299])
def test_gives_no_proof_of_a_pool_that_was_changed(index: int) -> None:
    fakes, pool = stored(300)
    first, _ = ranges_of(300)[index]
    with fakes.transactions.begin() as work:
        listed = places_in_pools(RAFFLE, first, {1: pool}, work)[1]
        nodes = work.trees.nodes(RAFFLE, {1: listed.nodes()})[1]
    page = attrs.evolve(listed.page, position=listed.page.position + 1)
    changed = [attrs.evolve(run, hashes=bytes(len(run.hashes))) for run in nodes]
    for wrong, read in (
        (attrs.evolve(listed, page=page), nodes),
        (attrs.evolve(listed, place=attrs.evolve(listed.place, range=index ^ 1)), nodes),
        (attrs.evolve(listed, pool=replace(pool, root=bytes(32))), nodes),
        (listed, changed),
        (listed, ()),
    ):
        with pytest.raises(IntegrityFailureError):
            wrong.prove(read)


def test_has_no_place_for_what_takes_no_part() -> None:
    fakes, _ = stored(300)
    first, count = ranges_of(300)[290]
    with fakes.transactions.begin() as work:
        assert place_in_pool(RAFFLE, 1, first + count, work) is None or count == 1
        assert place_in_pool(RAFFLE, 1, 10**6, work) is None
        assert place_in_pool(RAFFLE, 2, first, work) is None


def test_keeps_the_pools_of_a_raffle_apart() -> None:
    fakes = Fakes()
    with fakes.transactions.begin() as work:
        early = store_pool(RAFFLE, 1, ranges_of(10), work)
        grand = store_pool(RAFFLE, 2, ranges_of(PAGE_RANGES + 10), work)
        assert [measure(ranges_of(10)), measure(ranges_of(PAGE_RANGES + 10))] == [early, grand]
        assert compact_pool(RAFFLE, 1, work) == encode(ranges_of(10))


def test_stores_a_pool_once() -> None:
    fakes, _ = stored(10)
    with pytest.raises(IntegrityFailureError), fakes.transactions.begin() as work:
        store_pool(RAFFLE, 1, ranges_of(10), work)


def test_refuses_what_is_no_pool() -> None:
    with pytest.raises(DrawFaultError), Fakes().transactions.begin() as work:
        store_pool(RAFFLE, 1, [(0, 5), (4, 1)], work)
