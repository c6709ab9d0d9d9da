import pytest

from riff.domain.audit.event_catalogue import EventKind
from riff.errors import NotFoundError, NotPermittedError, SalesClosedError, StateRefusesError
from riff.usecases.raffles.close_sales import CloseSales, close_sales
from riff_critical.lifecycle import RaffleState
from tests.support.builders import a_raffle
from tests.support.stage import A_STRANGER, Stage, member


def test_nothing_is_sold_after_the_close() -> None:
    stage = Stage.of()
    stage.buy("key-1")
    close_sales(CloseSales(stage.manager, stage.raffle.id, "the match ended"), stage.fakes.services)
    with pytest.raises(SalesClosedError):
        stage.buy("key-2")


def test_the_close_records_what_was_sold() -> None:
    stage = Stage.of()
    stage.buy("key-1")
    closed = close_sales(CloseSales(stage.manager, stage.raffle.id, "the match ended"), stage.fakes.services)
    assert (RaffleState.SALES_CLOSED, stage.fakes.clock.now()) == (closed.state, closed.closed_at)
    event = next(e for e in stage.fakes.transactions.events() if e.kind is EventKind.SALES_CLOSED)
    assert b'"numbers":10' in event.record
    assert b'"sold":2000' in event.record


@pytest.mark.parametrize(
    "state",
    [state for state in RaffleState if state not in (RaffleState.ACTIVE, RaffleState.SUSPENDED)],
    ids=lambda state: state.value,
)
def test_refuses_a_raffle_that_does_not_sell(state: RaffleState) -> None:
    stage = Stage.of(a_raffle().in_state(state))
    with pytest.raises(StateRefusesError):
        close_sales(CloseSales(stage.manager, stage.raffle.id, "r"), stage.fakes.services)
    assert stage.fakes.transactions.events() == []


def test_closes_a_suspended_raffle() -> None:
    stage = Stage.of(a_raffle().in_state(RaffleState.SUSPENDED))
    close_sales(CloseSales(stage.manager, stage.raffle.id, "r"), stage.fakes.services)
    assert stage.now.state is RaffleState.SALES_CLOSED


def test_refuses_strangers_and_roles_that_may_not() -> None:
    stage = Stage.of()
    with pytest.raises(NotFoundError):
        close_sales(CloseSales(A_STRANGER, stage.raffle.id, "r"), stage.fakes.services)
    with pytest.raises(NotPermittedError):
        close_sales(
            CloseSales(member("operator", stage.organization), stage.raffle.id, "r"), stage.fakes.services
        )
