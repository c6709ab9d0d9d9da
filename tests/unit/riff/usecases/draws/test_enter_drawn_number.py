import pytest

from riff.domain.audit.event_catalogue import EventKind
from riff.domain.draws.plan import DrawPlan
from riff.domain.raffles.profile import DrawMode
from riff.domain.sales.ticket import Ticket
from riff.errors import (
    AlreadyDrawnError,
    AlreadyEnteredError,
    DrawnNumberRefusedError,
    NotFoundError,
    NotPermittedError,
    StateRefusesError,
)
from riff_critical.draw import EntropyMode
from riff_critical.lifecycle import DrawState
from tests.support.drawing import DrawStage, a_drawn_raffle
from tests.support.stage import A_STRANGER, member


def _started() -> DrawStage:
    stage = DrawStage.of(DrawMode.MANUAL).sealed()
    stage.start()
    return stage


def _both(stage: DrawStage, ticket: Ticket, place: int = 0, draw: int = 1) -> DrawState:
    stage.enter(ticket, place, draw)
    return stage.enter(ticket, place, draw, actor=stage.other).state


def test_starting_by_hand_opens_no_seed() -> None:
    stage = _started()
    view = stage.show()
    assert (view.state, view.mode) == (DrawState.STARTED, EntropyMode.MANUAL)
    assert stage.fakes.seeds.opened == []
    assert stage.fakes.selection.selected == []


def test_two_officials_draw_winners_and_alternates() -> None:
    stage = _started()
    tickets = stage.tickets()
    assert _both(stage, tickets[0]) is DrawState.STARTED
    assert _both(stage, tickets[1], place=9) is DrawState.STARTED
    assert _both(stage, tickets[2]) is DrawState.DRAWN
    view = stage.show()
    assert [view.numbers[winner.slot] for winner in view.winners] == [tickets[0].numbers[0]]
    assert [view.numbers[slot] for slot in view.alternates] == [tickets[1].numbers[9], tickets[2].numbers[0]]
    assert stage.is_verified


def test_draws_as_many_alternates_as_there_are() -> None:
    """One order of ten numbers: three winners of the grand draw, and seven that could be alternates."""
    builder = a_drawn_raffle().with_prizes(*a_drawn_raffle().prizes[1:])
    stage = DrawStage.of(DrawMode.MANUAL, builder=builder, plan=DrawPlan(), alternates=50)
    stage.sell(1).reconciled().seal_it()
    stage.start()
    (ticket,) = stage.tickets()
    states = [_both(stage, ticket, place) for place in range(10)]
    assert states == [DrawState.STARTED] * 9 + [DrawState.DRAWN]
    assert stage.is_verified


def test_both_enter_again_where_they_differ() -> None:
    stage = _started()
    tickets = stage.tickets()
    stage.enter(tickets[0])
    view = stage.enter(tickets[1], actor=stage.other)
    assert (view.entries.place, view.entries.round) == (0, 1)
    _both(stage, tickets[1])
    assert stage.show().entries.agreed == (tickets[1].order.first_slot,)
    assert EventKind.DRAW_NUMBERS_DIFFER in stage.fakes.transactions.event_kinds()


def test_one_official_is_not_two() -> None:
    stage = _started()
    stage.enter(stage.tickets()[0])
    with pytest.raises(AlreadyEnteredError):
        stage.enter(stage.tickets()[0])


def test_a_third_official_takes_no_part() -> None:
    stage = _started()
    _both(stage, stage.tickets()[0])
    with pytest.raises(AlreadyEnteredError):
        stage.enter(stage.tickets()[1], actor=member("admin", stage.stage.organization))


def test_a_void_number_never_wins() -> None:
    stage = _started()
    void = next(ticket for ticket in stage.tickets() if ticket.void)
    with pytest.raises(DrawnNumberRefusedError):
        stage.enter(void)


@pytest.mark.parametrize("number", [0, 399, 402, 1, 4_000, 4_001, 2_000_000_000])
def test_refuses_numbers_that_were_not_sold_or_do_not_exist(number: int) -> None:
    stage = _started()
    ticket = stage.tickets()[1]
    with pytest.raises(DrawnNumberRefusedError):
        stage.enter(ticket, number=number)


@pytest.mark.parametrize("text", ["", "00A-00000000-0", "nonsense", "🎟"])
def test_refuses_a_validation_number_that_is_not_the_ticket_s(text: str) -> None:
    stage = _started()
    with pytest.raises(DrawnNumberRefusedError):
        stage.enter(stage.tickets()[0], validation_number=text)
    other = stage.tickets()[1].validation_number
    with pytest.raises(DrawnNumberRefusedError):
        stage.enter(stage.tickets()[0], validation_number=other)


def test_refuses_a_number_that_was_sold_too_late_for_the_draw() -> None:
    stage = _started()
    late = stage.tickets()[-1]
    with pytest.raises(DrawnNumberRefusedError, match="takes no part"):
        stage.enter(late)


def test_refuses_a_number_that_has_won() -> None:
    stage = _started()
    _both(stage, stage.tickets()[0])
    with pytest.raises(DrawnNumberRefusedError, match="has won"):
        stage.enter(stage.tickets()[0])


def test_a_winner_that_is_not_returned_wins_no_later_draw() -> None:
    stage = DrawStage.of(DrawMode.MANUAL, returned=False, alternates=0).sealed()
    stage.start(1)
    ticket = stage.tickets()[0]
    assert _both(stage, ticket) is DrawState.DRAWN
    stage.start(2)
    with pytest.raises(DrawnNumberRefusedError, match="has won"):
        stage.enter(ticket, draw=2)
    for place in (1, 2, 3):
        _both(stage, ticket, place, draw=2)
    assert stage.show(2).state is DrawState.DRAWN
    assert stage.is_verified


def test_a_number_may_win_twice_where_the_rules_say_so() -> None:
    stage = DrawStage.of(DrawMode.MANUAL, replacement=True, alternates=0).sealed()
    stage.start(1)
    ticket = stage.tickets()[0]
    _both(stage, ticket)
    stage.start(2)
    for _ in range(3):
        _both(stage, ticket, draw=2)
    assert len(stage.show(2).winners) == 3
    assert stage.is_verified


def test_refuses_a_draw_that_is_not_started_or_not_by_hand() -> None:
    stage = DrawStage.of(DrawMode.MANUAL).sealed()
    with pytest.raises(StateRefusesError):
        stage.enter(stage.tickets()[0])
    generated = DrawStage.of(DrawMode.RNG_ONLY).sealed()
    with pytest.raises(StateRefusesError):
        generated.enter(generated.tickets()[0])
    generated.start()
    with pytest.raises(AlreadyDrawnError):
        generated.enter(generated.tickets()[0])


def test_refuses_strangers_and_roles_that_may_not() -> None:
    stage = _started()
    with pytest.raises(NotFoundError):
        stage.enter(stage.tickets()[0], actor=A_STRANGER)
    with pytest.raises(NotPermittedError):
        stage.enter(stage.tickets()[0], actor=member("operator", stage.stage.organization))
