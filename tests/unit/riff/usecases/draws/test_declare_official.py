import pytest

from riff.domain.audit.event_catalogue import EventKind
from riff.domain.raffles.profile import DrawMode
from riff.domain.sales.sold_order import OrderVoid
from riff.errors import (
    AlreadyDrawnError,
    NotFoundError,
    NotPermittedError,
    SecondPersonNeededError,
    StateRefusesError,
    WinnerNotValidError,
)
from riff.usecases.draws.transcript import winners_of
from riff_critical.lifecycle import DrawState, RaffleState
from tests.support.drawing import DrawStage
from tests.support.stage import A_STRANGER, member


def _drawn(*, two_persons: bool = False) -> DrawStage:
    stage = DrawStage.of(DrawMode.RNG_ONLY, two_persons=two_persons).sealed()
    stage.start()
    if two_persons:
        stage.start(actor=stage.other)
    return stage


def test_a_verified_result_becomes_official() -> None:
    stage = _drawn()
    view = stage.declare()
    assert view.state is DrawState.OFFICIAL
    assert view.winners[0].official_at == stage.fakes.clock.now()
    assert EventKind.DRAW_OFFICIAL in stage.fakes.transactions.event_kinds()
    with stage.fakes.transactions.begin() as work:
        assert winners_of(stage.stage.raffle.id, work) == view.winners


def test_the_raffle_is_complete_with_its_last_draw() -> None:
    stage = _drawn()
    states = []
    stage.start(2)
    for draw in (1, 2):
        stage.declare(draw)
        states.append(stage.stage.now.state)
    assert states == [RaffleState.DRAWING, RaffleState.COMPLETED]
    assert EventKind.RAFFLE_COMPLETED in stage.fakes.transactions.event_kinds()


def test_refuses_a_draw_without_result_and_a_second_declaration() -> None:
    stage = DrawStage.of(DrawMode.RNG_ONLY).sealed()
    with pytest.raises(StateRefusesError):
        stage.declare()
    stage.start()
    stage.declare()
    with pytest.raises(AlreadyDrawnError):
        stage.declare()


def test_refuses_whoever_started_the_draw_where_two_persons_are_needed() -> None:
    stage = _drawn(two_persons=True)
    with pytest.raises(SecondPersonNeededError):
        stage.declare(actor=stage.other)
    assert stage.declare(actor=stage.manager).state is DrawState.OFFICIAL


def test_lets_one_person_do_both_where_one_is_enough() -> None:
    stage = _drawn()
    assert stage.declare(actor=stage.manager).state is DrawState.OFFICIAL


def test_refuses_a_winner_whose_order_is_void_until_an_alternate_has_the_place() -> None:
    """Nothing voids an order of a reconciled raffle; if something did, it would show here."""
    stage = _drawn()
    slot = stage.show().winners[0].slot
    order = next(t.order for t in stage.tickets() if t.order.first_slot <= slot < t.order.end_slot)
    tables = stage.fakes.transactions.tables
    tables.voids[order.id] = OrderVoid(order.id, "past the rules", "nobody", stage.fakes.clock.now())
    with pytest.raises(WinnerNotValidError):
        stage.declare()
    stage.redraw(winner=0)
    stage.redraw(winner=0, actor=stage.other)
    assert stage.declare().state is DrawState.OFFICIAL


def test_refuses_strangers_and_roles_that_may_not() -> None:
    stage = _drawn()
    with pytest.raises(NotFoundError):
        stage.declare(actor=A_STRANGER)
    with pytest.raises(NotPermittedError):
        stage.declare(actor=member("operator", stage.stage.organization))
