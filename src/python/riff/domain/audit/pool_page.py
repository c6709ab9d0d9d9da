"""Pages of a pool D: so many ranges together that they form one complete subtree of the pool's tree.

The data of all pages, one after the other, are the pool's compact form (`riff_critical.draw.pool`): so it is
published without being built again, and a ticket's range is found and proved from one page alone.
"""

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import batched, islice

import attrs

from riff_critical.draw import Range, decode, encode, leaves

# A page, but for the last of a pool, is a complete subtree of this level.
PAGE_LEVEL = 4
PAGE_RANGES = 1 << PAGE_LEVEL


@attrs.frozen
class PoolPage:
    """Ranges that follow each other.

    Attributes:
        number: place of the page among the pages, from 0.
        first_slot: first slot of its first range.
        previous_end: first slot after the range before it; 0 for the first page.
        position: how many numbers stand before it.
        data: its ranges, as they stand in the compact form of the pool.
    """

    number: int
    first_slot: int
    previous_end: int
    position: int
    data: bytes

    @cached_property
    def ranges(self) -> tuple[Range, ...]:
        """First slot and count of each range."""
        return tuple([(self.previous_end + first, count) for first, count in decode(self.data)])

    def entries(self) -> tuple[bytes, ...]:
        """The entries of its ranges in the tree of the pool."""
        return entries_from(self.position, self.ranges)


@attrs.frozen
class PoolPlace:
    """Where a range of a pool stands.

    Attributes:
        range: its place among the ranges, from 0.
        position: how many numbers stand before it.
        first: its first slot.
        count: how many numbers it holds.
    """

    range: int
    position: int
    first: int
    count: int


def paged(ranges: Iterable[Range]) -> Iterator[tuple[PoolPage, tuple[Range, ...]]]:
    """The pages of a pool, each with its ranges, which are read once and as the pages are asked for.

    Raises:
        DrawFaultError: the ranges form no pool.
    """
    end = position = 0
    for number, page in enumerate(batched(ranges, PAGE_RANGES, strict=False)):
        before = _before(end)
        data = encode((*before, *page))[len(encode(before)) :]
        yield PoolPage(number, page[0][0], end, position, data), page
        end = sum(page[-1])
        position += sum(count for _, count in page)


def entries_from(position: int, ranges: Iterable[Range]) -> tuple[bytes, ...]:
    """The entries of ranges before which `position` numbers stand."""
    before = _before(position)
    return tuple(islice(leaves((*before, *ranges)), len(before), None))


def place_in(page: PoolPage, slot: int) -> PoolPlace | None:
    """The range that begins at a slot, if the page holds it."""
    position = page.position
    for index, (first, count) in enumerate(page.ranges):
        if first == slot:
            return PoolPlace(page.number * PAGE_RANGES + index, position, first, count)
        position += count
    return None


def _before(count: int) -> tuple[Range, ...]:
    """What stands before a page, as one range, so that the core counts on from there."""
    return ((0, count),) if count else ()
