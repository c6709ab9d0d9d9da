"""GLI-31 2.6.5, the official result: declared after verification, and not before."""

import pytest

from riff.domain.audit.event_catalogue import EventKind
from riff.domain.raffles.profile import DrawMode
from riff.domain.sales.sold_order import OrderVoid
from riff.errors import SecondPersonNeededError, StateRefusesError, WinnerNotValidError
from riff.usecases.public.show_display_feed import ShowDisplayFeed, show_display_feed
from riff.usecases.public.show_results import ShowResults, show_results
from riff_critical.lifecycle import DrawState, RaffleState
from tests.support.drawing import DrawStage


def test_a_result_is_official_only_when_somebody_declares_it() -> None:
    stage = DrawStage.of(DrawMode.RNG_ONLY).sealed()
    with pytest.raises(StateRefusesError):
        stage.declare()
    assert all(winner.official_at is None for winner in stage.start().winners)
    view = stage.declare()
    assert view.state is DrawState.OFFICIAL
    assert all(winner.official_at == stage.fakes.clock.now() for winner in view.winners)
    assert EventKind.DRAW_OFFICIAL in stage.fakes.transactions.event_kinds()


def test_each_winning_ticket_is_verified_first() -> None:
    stage = DrawStage.of(DrawMode.RNG_ONLY).sealed()
    slot = stage.start().winners[0].slot
    order = next(t.order for t in stage.tickets() if t.order.first_slot <= slot < t.order.end_slot)
    void = OrderVoid(order.id, "past the rules", "nobody", stage.fakes.clock.now())
    stage.fakes.transactions.tables.voids[order.id] = void
    with pytest.raises(WinnerNotValidError):
        stage.declare()


def test_another_person_declares_it_where_the_rules_ask_for_two() -> None:
    stage = DrawStage.of(DrawMode.RNG_ONLY, two_persons=True).sealed()
    stage.start()
    stage.start(actor=stage.other)
    with pytest.raises(SecondPersonNeededError):
        stage.declare(actor=stage.other)
    assert stage.declare(actor=stage.manager).state is DrawState.OFFICIAL


def test_the_raffle_is_over_when_every_draw_is_official() -> None:
    stage = DrawStage.of(DrawMode.RNG_ONLY).sealed()
    for draw in (1, 2):
        stage.start(draw)
        stage.declare(draw)
    assert stage.stage.now.state is RaffleState.COMPLETED


def test_the_official_result_is_shown_on_every_display() -> None:
    """The feed of the boards, and the public page of results, say the same; and nothing before."""
    stage = DrawStage.of(DrawMode.RNG_ONLY).sealed()
    raffle_id, services = stage.stage.raffle.id, stage.fakes.services
    for draw in (1, 2):
        drawn = stage.start(draw)
        before = show_display_feed(ShowDisplayFeed(raffle_id), services).results
        assert len(before) == draw - 1
        stage.declare(draw)
        shown = show_display_feed(ShowDisplayFeed(raffle_id), services).results
        assert shown == show_results(ShowResults(raffle_id), services).draws
        assert [won.number for won in shown[-1].won] == [
            drawn.numbers[winner.slot] for winner in drawn.winners
        ]
