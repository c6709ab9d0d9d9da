"""GLI-31 2.2.1, cap on the prize: one can be configured, and it is applied."""

import pytest

from riff_critical.selling import (
    JackpotRules,
    PrizeCapReachedError,
    Rounding,
    Subtotal,
    jackpot,
    require_prize_cap,
)

HALF_UP_TO_1000 = JackpotRules(5_000, cap_cents=100_000)


@pytest.mark.parametrize(
    ("sold_cents", "prize_cents"), [(0, 0), (199_998, 99_999), (200_000, 100_000), (900_000, 100_000)]
)
def test_the_prize_grows_up_to_the_cap_and_no_further(sold_cents: int, prize_cents: int) -> None:
    assert jackpot(HALF_UP_TO_1000, Subtotal(1, sold_cents)).amount_cents == prize_cents


def test_neither_rounding_nor_seed_nor_minimum_passes_the_cap() -> None:
    rules = JackpotRules(
        5_000,
        seed_cents=60_000,
        minimum_cents=90_000,
        cap_cents=100_050,
        rounding_unit=100,
        rounding=Rounding.UP,
    )
    assert jackpot(rules, Subtotal(1, 10**9)).amount_cents == 100_050


def test_sales_can_be_made_to_end_with_the_sale_that_reaches_the_cap() -> None:
    reached = jackpot(HALF_UP_TO_1000, Subtotal(1, 200_000)).uncapped_cents
    passed = jackpot(HALF_UP_TO_1000, Subtotal(1, 200_002)).uncapped_cents
    require_prize_cap(HALF_UP_TO_1000.cap_cents, reached)
    with pytest.raises(PrizeCapReachedError):
        require_prize_cap(HALF_UP_TO_1000.cap_cents, passed)
