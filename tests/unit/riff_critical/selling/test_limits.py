"""Limits hold exactly, and say how far they are used."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riff_critical.selling import (
    PrizeCapReachedError,
    Purchase,
    PurchaseLimit,
    PurchaseLimitReachedError,
    SalesCapReachedError,
    StockExhaustedError,
    require_prize_cap,
    require_purchase_limit,
    require_sales_cap,
    require_stock,
)


@given(stock=st.integers(0, 30), wanted=st.lists(st.integers(1, 5), max_size=30))
def test_stock_is_never_exceeded_and_never_wasted(stock: int, wanted: list[int]) -> None:
    sold = 0
    for count in wanted:
        if sold + count <= stock:
            require_stock(stock, sold, count)
            sold += count
        else:
            with pytest.raises(StockExhaustedError, match=f"{sold} of {stock} sold, {count} wanted"):
                require_stock(stock, sold, count)


def test_a_cap_may_be_reached_but_not_passed() -> None:
    require_sales_cap(1_000, 400, 600)
    with pytest.raises(SalesCapReachedError, match="400 of 1000 sold, 601 wanted"):
        require_sales_cap(1_000, 400, 601)
    require_prize_cap(1_000, 1_000)
    with pytest.raises(PrizeCapReachedError, match="the prize would be 1001, its cap is 1000"):
        require_prize_cap(1_000, 1_001)


def test_no_limit_is_no_limit() -> None:
    require_stock(None, 10**9, 10**9)
    require_sales_cap(None, 10**12, 10**12)
    require_prize_cap(None, 10**12)
    require_purchase_limit(PurchaseLimit(), [Purchase(0, 10**6, 10**9)] * 50, Purchase(1, 10**6, 10**9))


@pytest.mark.parametrize(
    ("limit", "message"),
    [
        (PurchaseLimit(max_slots=9), "8 of 9 numbers bought, 2 wanted"),
        (PurchaseLimit(max_cents=999), "800 of 999 spent, 200 wanted"),
    ],
)
def test_a_buyer_is_told_which_limit_is_reached(limit: PurchaseLimit, message: str) -> None:
    made = [Purchase(100, 4, 400), Purchase(200, 4, 400)]
    with pytest.raises(PurchaseLimitReachedError, match=message):
        require_purchase_limit(limit, made, Purchase(300, 2, 200))


@given(at=st.integers(0, 60), now=st.integers(0, 60), period=st.integers(1, 60))
def test_a_purchase_counts_for_exactly_one_period(at: int, now: int, period: int) -> None:
    assert PurchaseLimit(period=period).counts(Purchase(at, 1, 1), now) is (0 <= now - at < period)
