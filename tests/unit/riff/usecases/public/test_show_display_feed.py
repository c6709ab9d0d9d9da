from datetime import timedelta

import pytest

from riff.domain.money import Money
from riff.errors import NotFoundError
from riff.usecases.public.show_display_feed import DisplayFeed, ShowDisplayFeed, show_display_feed
from riff_critical.lifecycle import RaffleState
from tests.support.builders import a_raffle
from tests.support.stage import Stage


def _feed(stage: Stage) -> DisplayFeed:
    return show_display_feed(ShowDisplayFeed(stage.raffle.id), stage.fakes.services)


def test_shows_the_jackpot_and_the_time_left() -> None:
    stage = Stage.of()
    stage.buy()
    stage.fakes.clock.set(stage.raffle.window.closes_at - timedelta(minutes=2))
    assert _feed(stage).seconds_left == 120
    assert Money(1000, "CAD") == _feed(stage).estimate.jackpot


@pytest.mark.parametrize(("before_close_ms", "left"), [(1000, 1), (999, 1), (1, 1), (1001, 2)])
def test_a_begun_second_counts(before_close_ms: int, left: int) -> None:
    stage = Stage.of()
    stage.fakes.clock.set(stage.raffle.window.closes_at - timedelta(milliseconds=before_close_ms))
    assert _feed(stage).seconds_left == left


def test_no_time_is_left_once_sales_have_ended() -> None:
    stage = Stage.of()
    stage.fakes.clock.set(stage.raffle.window.closes_at)
    assert _feed(stage).seconds_left is None


@pytest.mark.parametrize("state", [RaffleState.SUSPENDED, RaffleState.SALES_CLOSED, RaffleState.COMPLETED])
def test_no_time_is_left_while_nothing_is_sold(state: RaffleState) -> None:
    stage = Stage.of()
    stage.put_in(state)
    assert _feed(stage).seconds_left is None


def test_a_raffle_that_was_never_activated_is_not_shown() -> None:
    with pytest.raises(NotFoundError):
        _feed(Stage.of(a_raffle()))
