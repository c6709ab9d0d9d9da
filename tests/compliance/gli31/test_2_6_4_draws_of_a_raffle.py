"""GLI-31 2.6.4, the drawn number: in a whole raffle, from its sales to its transcript."""

from collections import Counter

import pytest

from riff.domain.raffles.profile import DrawMode
from riff.errors import AlreadyDrawnError, DrawPossibleError
from riff_critical.lifecycle import DrawState
from tests.support.drawing import DrawStage, a_drawn_raffle


def test_every_winner_holds_a_number_that_was_sold_and_is_valid() -> None:
    stage = DrawStage.of(DrawMode.RNG_ONLY).sealed()
    held = {number for ticket in stage.tickets() if not ticket.void for number in ticket.numbers}
    for draw in (1, 2):
        view = stage.start(draw)
        assert {view.numbers[winner.slot] for winner in view.winners} <= held


def test_the_draw_is_repeated_for_each_prize() -> None:
    stage = DrawStage.of(DrawMode.RNG_ONLY).sealed()
    stage.start(1)
    won = Counter(winner.prize_id for winner in stage.start(2).winners)
    assert sorted(won.values()) == [1, 2]


def test_the_result_is_verified_before_it_counts() -> None:
    stage = DrawStage.of(DrawMode.RNG_ONLY).sealed()
    stage.start(1)
    assert stage.is_verified


def test_nothing_is_drawn_a_second_time() -> None:
    stage = DrawStage.of(DrawMode.RNG_ONLY).sealed()
    stage.start(1)
    with pytest.raises(AlreadyDrawnError):
        stage.start(1)
    with pytest.raises(AlreadyDrawnError):
        stage.redraw(1, reason="another try")
    with pytest.raises(DrawPossibleError):
        stage.redraw(2, reason="another try")


def test_every_number_of_a_small_raffle_wins_at_times() -> None:
    """Ten numbers, a hundred and fifty raffles: a number would never win at odds of (9/10)^150."""
    builder = a_drawn_raffle().with_prizes(a_drawn_raffle().prizes[1])
    won: Counter[int] = Counter()
    for _ in range(150):
        stage = DrawStage.of(DrawMode.RNG_ONLY, builder=builder, alternates=0)
        # Keys of the fake count from one; each raffle has another manifest, and so another stream.
        stage.sell(1).reconciled().seal_it()
        won[stage.start().winners[0].slot] += 1
    assert won.keys() == set(range(10))


def test_by_hand_the_number_is_entered_by_two_persons_and_checked() -> None:
    stage = DrawStage.of(DrawMode.MANUAL, alternates=0).sealed()
    stage.start()
    ticket = stage.tickets()[0]
    assert stage.enter(ticket).state is DrawState.STARTED
    assert stage.enter(ticket, actor=stage.other).state is DrawState.DRAWN
