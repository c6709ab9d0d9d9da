"""Pages of a pool are its compact form, its ranges and its entries."""

import pytest

from riff.domain.audit.pool_page import PAGE_RANGES, PoolPlace, paged, place_in
from riff_critical.draw import DrawFaultError, decode, encode, leaves

RANGES = tuple((place * 7 + place % 3, 1 + place % 4) for place in range(PAGE_RANGES * 20 + 9))


def test_its_data_are_the_compact_form() -> None:
    data = b"".join(page.data for page, _ in paged(RANGES))
    assert encode(RANGES) == data
    assert tuple(decode(data)) == RANGES


def test_gives_its_ranges_and_entries() -> None:
    pages = [page for page, _ in paged(RANGES)]
    assert [len(page.ranges) for page in pages] == [PAGE_RANGES] * 20 + [9]
    assert tuple(each for page in pages for each in page.ranges) == RANGES
    assert tuple(leaves(RANGES)) == tuple(each for page in pages for each in page.entries())


def test_gives_each_page_with_the_ranges_that_it_was_made_of() -> None:
    assert all(page.ranges == ranges for page, ranges in paged(RANGES))


def test_says_where_a_range_stands() -> None:
    first, count = RANGES[300]
    page = [page for page, _ in paged(RANGES)][300 // PAGE_RANGES]
    position = sum(count for _, count in RANGES[:300])
    assert PoolPlace(300, position, first, count) == place_in(page, first)
    assert place_in(page, first + 1) is None


def test_an_empty_pool_has_no_page() -> None:
    assert list(paged(())) == []


@pytest.mark.parametrize("ranges", [((0, 2), (1, 1)), ((5, 1), (0, 1)), ((0, 0),)])
def test_refuses_what_is_no_pool(ranges: tuple[tuple[int, int], ...]) -> None:
    with pytest.raises(DrawFaultError):
        list(paged(ranges))


def test_refuses_a_range_that_begins_inside_the_page_before() -> None:
    overlapping = (*((place, 1) for place in range(PAGE_RANGES - 1)), (300, 10), (305, 1))
    with pytest.raises(DrawFaultError):
        list(paged(overlapping))
