import pytest

from riff.domain.audit.event_catalogue import EventKind
from riff.errors import NotFoundError, NotPermittedError, SalesClosedError, StateRefusesError
from riff.usecases.raffles.cancel_raffle import CancelRaffle, cancel_raffle
from riff_critical.lifecycle import RaffleState
from tests.support.builders import a_raffle
from tests.support.stage import A_STRANGER, Stage, member

TOO_LATE = (RaffleState.DRAWING, RaffleState.COMPLETED, RaffleState.CANCELLED)


def cancel(stage: Stage) -> None:
    cancel_raffle(CancelRaffle(stage.manager, stage.raffle.id, "the match is off"), stage.fakes.services)


def test_ends_the_sales_and_states_what_is_owed() -> None:
    stage = Stage.of()
    stage.buy("key-1")
    stage.buy("key-2")
    cancel(stage)
    assert (stage.now.state, stage.now.closed_at) == (RaffleState.CANCELLED, stage.fakes.clock.now())
    event = next(e for e in stage.fakes.transactions.events() if e.kind is EventKind.RAFFLE_CANCELLED)
    assert b'"orders":2,"owed":4000,"reason":"the match is off"' in event.record
    with pytest.raises(SalesClosedError):
        stage.buy("key-3")


@pytest.mark.parametrize(
    "state", [state for state in RaffleState if state not in TOO_LATE], ids=lambda state: state.value
)
def test_cancels_until_drawing_begins(state: RaffleState) -> None:
    stage = Stage.of(a_raffle().in_state(state))
    before = stage.raffle.closed_at
    cancel(stage)
    assert stage.now.state is RaffleState.CANCELLED
    assert stage.now.closed_at == (before or stage.fakes.clock.now())


@pytest.mark.parametrize("state", TOO_LATE, ids=lambda state: state.value)
def test_refuses_once_drawing_has_begun(state: RaffleState) -> None:
    stage = Stage.of(a_raffle().in_state(state))
    with pytest.raises(StateRefusesError):
        cancel(stage)
    assert stage.fakes.transactions.events() == []


def test_refuses_strangers_and_roles_that_may_not() -> None:
    stage = Stage.of()
    for actor, error in (
        (A_STRANGER, NotFoundError),
        (member("operator", stage.organization), NotPermittedError),
    ):
        with pytest.raises(error):
            cancel_raffle(CancelRaffle(actor, stage.raffle.id, "r"), stage.fakes.services)
