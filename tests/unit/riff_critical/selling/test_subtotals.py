"""Subtotals only grow, and balance with the block they describe."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riff_critical.errors import CorruptionError
from riff_critical.selling import (
    Block,
    NotAnIntegerError,
    Subtotal,
    VoidedExceedsSoldError,
    balances,
    issue,
    total,
)

ORDERS = st.lists(st.tuples(st.integers(1, 9), st.integers(1, 10**6), st.booleans()), max_size=20)


@given(ORDERS)
def test_sales_and_voids_balance_with_the_block(orders: list[tuple[int, int, bool]]) -> None:
    block, subtotal = Block(1_000, 1_200, 1_000), Subtotal()
    for slots, cents, voided in orders:
        _, block = issue(block, slots)
        subtotal = subtotal.after_sale(slots, cents)
        if voided:
            subtotal = subtotal.after_void(slots, cents)
        assert balances(block, subtotal)
    assert subtotal.valid_slots == sum(slots for slots, _, voided in orders if not voided)
    assert subtotal.valid_cents == sum(cents for _, cents, voided in orders if not voided)


@pytest.mark.parametrize("sold", [4, 6])
def test_a_missing_or_added_number_does_not_balance(sold: int) -> None:
    assert not balances(Block(0, 10, 5), Subtotal(sold_slots=sold, sold_cents=100))


def test_a_void_changes_no_balance() -> None:
    sold = Subtotal(sold_slots=5, sold_cents=100)
    assert balances(Block(0, 10, 5), sold)
    assert balances(Block(0, 10, 5), sold.after_void(5, 100))


def test_total_adds_blocks() -> None:
    assert total([]) == Subtotal()
    assert total([Subtotal(5, 100, 1, 20), Subtotal(7, 140, 2, 40)]) == Subtotal(12, 240, 3, 60)


def test_stops_when_more_is_voided_than_sold() -> None:
    with pytest.raises(VoidedExceedsSoldError) as stop:
        Subtotal(5, 100).after_void(6, 100)
    assert isinstance(stop.value, CorruptionError)


@pytest.mark.parametrize(("slots", "cents"), [(0, 1), (1, 0), (-1, 1), (True, 1), (1, 1.5)])
def test_refuses_a_sale_or_void_of_nothing(slots: int, cents: int) -> None:
    with pytest.raises(NotAnIntegerError):
        Subtotal(5, 100).after_sale(slots, cents)
    with pytest.raises(NotAnIntegerError):
        Subtotal(5, 100).after_void(slots, cents)
