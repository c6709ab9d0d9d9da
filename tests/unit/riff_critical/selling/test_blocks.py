"""Slots go from range to block to order without gap, overlap or return."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riff_critical.selling import (
    Block,
    BlockExhaustedError,
    Range,
    RangeExhaustedError,
    Run,
    SlotOrderError,
    issue,
    lease,
    may_take_over,
)
from riff_critical.values import FrozenValueError

SIZES = st.lists(st.integers(1, 40), min_size=1, max_size=30)


@given(first=st.integers(0, 10**6), count=st.integers(1, 300), sizes=SIZES)
def test_blocks_partition_what_was_leased(first: int, count: int, sizes: list[int]) -> None:
    channel_range, blocks = Range(first, count, first), []
    for size in sizes:
        if channel_range.next_slot == channel_range.end_slot:
            with pytest.raises(RangeExhaustedError):
                lease(channel_range, size)
            break
        block, channel_range = lease(channel_range, size)
        blocks.append(block)
    slots = [slot for block in blocks for slot in range(block.first_slot, block.end_slot)]
    assert slots == list(range(first, channel_range.next_slot))
    assert slots[-1] < first + count


@given(start=st.integers(0, 10**6), size=st.integers(1, 200), counts=SIZES)
def test_runs_of_a_block_form_a_chain_with_unique_ordinals(start: int, size: int, counts: list[int]) -> None:
    block, runs = Block(start, start + size, start), []
    for count in counts:
        if count > block.slots_left:
            with pytest.raises(BlockExhaustedError):
                issue(block, count)
            continue
        run, block = issue(block, count)
        assert run.end_slot - run.first_slot == count
        runs.append(run)
    slots = [slot for run in runs for slot in range(run.first_slot, run.end_slot)]
    assert slots == list(range(start, block.next_slot))
    assert [run.ordinal for run in runs] == [run.first_slot - start for run in runs]
    assert len({run.ordinal for run in runs}) == len(runs)


def test_what_is_left_serves_a_smaller_order() -> None:
    block = Block(100, 110, 104)
    with pytest.raises(BlockExhaustedError, match="7 numbers wanted, 6 left") as refusal:
        issue(block, 7)
    assert (refusal.value.wanted, refusal.value.left) == (7, 6)
    assert issue(block, 6) == (Run(104, 110, 4), Block(100, 110, 110))


def test_the_largest_number_space_is_the_last_allowed() -> None:
    whole = Range(0, 10**9, 0)
    assert lease(whole, 10**9) == (Block(0, 10**9, 0), Range(0, 10**9, 10**9))


@given(expires_at=st.integers(0, 100), now=st.integers(0, 100))
def test_no_instant_belongs_to_two_holders(expires_at: int, now: int) -> None:
    assert may_take_over(expires_at, now) is not (now < expires_at)


@pytest.mark.parametrize(("first", "end"), [(5, 5), (6, 5)])
def test_refuses_a_run_without_slots(first: int, end: int) -> None:
    with pytest.raises(SlotOrderError):
        Run(first, end, 0)


def test_values_cannot_be_changed() -> None:
    block = Block(0, 10, 0)
    with pytest.raises(FrozenValueError):
        block.next_slot = 5  # type: ignore[misc]  # the attempt is the test
