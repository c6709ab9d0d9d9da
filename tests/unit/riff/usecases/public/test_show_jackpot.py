from uuid import uuid4

import attrs

from riff.domain.identifiers import PrizeId
from riff.domain.money import Money
from riff.domain.raffles.prize import PrizeKind
from riff.usecases.public.show_jackpot import ShowJackpot, show_jackpot
from tests.support.builders import a_prize, a_raffle
from tests.support.stage import Stage


def test_the_jackpot_is_the_share_of_what_was_paid() -> None:
    stage = Stage.of()
    for n in range(3):
        stage.buy(f"key-{n}")
    estimate = show_jackpot(ShowJackpot(stage.raffle.id), stage.fakes.services)
    assert Money(3000, "CAD") == estimate.jackpot
    assert Money(6000, "CAD") == estimate.sales
    assert (30, stage.fakes.clock.now()) == (estimate.numbers, estimate.at)


def test_a_fixed_prize_stands_beside_the_jackpot() -> None:
    fixed = attrs.evolve(
        a_prize(), id=PrizeId(uuid4()), kind=PrizeKind.FIXED, share_bp=0, amount_minor=50_000, rank=2
    )
    stage = Stage.of(a_raffle().active().with_prizes(a_prize(), fixed))
    stage.buy()
    estimate = show_jackpot(ShowJackpot(stage.raffle.id), stage.fakes.services)
    assert Money(1000, "CAD") == estimate.jackpot
    assert [amount.minor for _, amount in estimate.prizes] == [1000, 50_000]


def test_before_the_first_sale_the_guaranteed_amount_stands() -> None:
    stage = Stage.of(a_raffle().active().with_prizes(a_prize(guaranteed_minor=100_000)))
    assert Money(100_000, "CAD") == show_jackpot(ShowJackpot(stage.raffle.id), stage.fakes.services).jackpot
