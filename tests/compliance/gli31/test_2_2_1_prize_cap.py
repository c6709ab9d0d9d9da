"""GLI-31 2.2.1, cap on the prize: one can be configured, and it is applied."""

import attrs
import pytest

from riff.domain.raffles.profile import AtCap, PrizeRules
from riff.errors import ProfileRefusesError, SalesCapReachedError
from riff.usecases.public.show_jackpot import ShowJackpot, show_jackpot
from riff.usecases.raffles.activate_raffle import ActivateRaffle, activate_raffle
from riff_critical.selling import (
    JackpotRules,
    PrizeCapReachedError,
    Rounding,
    Subtotal,
    jackpot,
    require_prize_cap,
)
from tests.support.builders import a_prize, a_raffle
from tests.support.fakes import PERMISSIVE, FakeProfiles, Fakes
from tests.support.stage import Stage

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


def test_a_raffle_under_such_rules_sells_until_its_prize_has_reached_the_cap() -> None:
    rules = attrs.evolve(PERMISSIVE, prizes=PrizeRules(cap_minor=3_500, at_cap=AtCap.END_SALES))
    stage = Stage.of(a_raffle().configured(), Fakes(profiles=FakeProfiles(rules)))
    activate_raffle(ActivateRaffle(stage.manager, stage.raffle.id), stage.fakes.services)
    for number in range(3):
        stage.buy(f"key-{number}")
    with pytest.raises(SalesCapReachedError):
        stage.buy("key-3")
    estimate = show_jackpot(ShowJackpot(stage.raffle.id), stage.fakes.services)
    assert estimate.jackpot.minor == 3_000


def test_no_raffle_is_activated_with_a_prize_above_the_cap() -> None:
    rules = attrs.evolve(PERMISSIVE, prizes=PrizeRules(cap_minor=3_500))
    stage = Stage.of(
        a_raffle().configured().with_prizes(a_prize(cap_minor=3_501)), Fakes(profiles=FakeProfiles(rules))
    )
    with pytest.raises(ProfileRefusesError):
        activate_raffle(ActivateRaffle(stage.manager, stage.raffle.id), stage.fakes.services)
