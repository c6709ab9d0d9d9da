import tracemalloc
from collections.abc import Iterator
from contextlib import suppress
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riff_critical.draw import DrawFaultError, Fault, decode, encode, indices_of, leaves, measure, slots_at
from tests.support.reference import sealed_draw as reference

STEPS = st.lists(st.tuples(st.integers(0, 200), st.integers(1, 300)), max_size=30)
RANGES = STEPS.map(
    lambda steps: [
        (end - count, count)
        for end, (_, count) in zip(accumulate(gap + count for gap, count in steps), steps, strict=True)
    ]
)


@given(RANGES)
def test_agrees_with_the_reference(ranges: list[tuple[int, int]]) -> None:
    data = encode(ranges)
    assert list(decode(data)) == ranges
    expected = reference.pool([list(each) for each in ranges])
    assert expected == {"data": data.hex(), **measure(iter(ranges)).to_json()}


@given(RANGES)
def test_every_index_has_its_slot_and_every_slot_its_index(ranges: list[tuple[int, int]]) -> None:
    slots = [slot for first, count in ranges for slot in range(first, first + count)]
    assert slots_at(range(len(slots)), iter(ranges)) == dict(enumerate(slots))
    everything = range(slots[-1] + 2) if slots else range(2)
    assert indices_of(everything, iter(ranges)) == {slot: index for index, slot in enumerate(slots)}


@given(st.binary(max_size=12))
def test_bytes_have_one_meaning_or_none(data: bytes) -> None:
    with suppress(DrawFaultError):
        assert data == encode(decode(data))


@pytest.mark.parametrize("index", [5, 6, 10**9])
def test_refuses_an_index_that_does_not_exist(index: int) -> None:
    with pytest.raises(DrawFaultError) as refusal:
        slots_at([0, index], [(3, 5)])
    assert refusal.value.fault is Fault.SLOT_WRONG


def test_reads_no_further_than_needed() -> None:
    def ranges() -> Iterator[tuple[int, int]]:
        yield 0, 10
        pytest.fail("read on")

    assert slots_at([3, 3], ranges()) == {3: 3}
    assert indices_of([3], ranges()) == {3: 3}


@pytest.mark.parametrize(
    ("ranges", "why"),
    [
        ([(0, 10), (9, 1)], "slot 9 comes after slot 9"),
        ([(7, 0)], "an empty range at slot 7"),
        ([(7, -1)], "an empty range at slot 7"),
    ],
)
def test_says_where_a_pool_goes_wrong(ranges: list[tuple[int, int]], why: str) -> None:
    with pytest.raises(DrawFaultError, match=why):
        measure(ranges)


def test_measures_within_the_slots_of_the_raffle() -> None:
    assert measure([(0, 10)], 10).numbers == 10
    with pytest.raises(DrawFaultError, match="slot 9 of 9"):
        measure([(0, 10)], 9)


def test_a_leaf_holds_position_first_slot_and_count() -> None:
    *_, leaf = leaves([(5, 10), (20, 2)])
    assert leaf[-24:] == b"".join(number.to_bytes(8) for number in (10, 20, 2))


def test_measures_a_stream_in_constant_memory() -> None:
    tracemalloc.start()
    measure((10 * rank, 10) for rank in range(20_000))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 500_000


@pytest.mark.parametrize("first", [2**28 - 1, 2**28, 10**9 - 1])
def test_a_number_may_take_five_bytes(first: int) -> None:
    assert list(decode(encode([(first, 1)]))) == [(first, 1)]
