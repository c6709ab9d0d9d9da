import pytest

from riff.domain.audit.event_catalogue import EventKind
from riff.domain.checkout.checkout import RefundState
from riff.errors import NotFoundError, NotPermittedError, SalesClosedError, StateRefusesError
from riff.usecases.checkout.settle_payment import settle_payment
from riff.usecases.raffles.suspend_raffle import SuspendRaffle, suspend_raffle
from riff_critical.lifecycle import OrderState, RaffleState
from tests.support.builders import a_raffle
from tests.support.fakes import Method
from tests.support.stage import A_STRANGER, Stage, member


def suspend(stage: Stage) -> None:
    suspend_raffle(SuspendRaffle(stage.manager, stage.raffle.id, "no power"), stage.fakes.services)


def test_nothing_is_sold_while_suspended() -> None:
    stage = Stage.of()
    stage.buy("key-1")
    suspend(stage)
    with pytest.raises(SalesClosedError):
        stage.buy("key-2")
    assert not any(row.is_open for row in stage.fakes.transactions.tables.blocks.values())


def test_records_the_reason() -> None:
    stage = Stage.of()
    suspend(stage)
    event = stage.fakes.transactions.events()[-1]
    assert event.kind is EventKind.RAFFLE_SUSPENDED
    assert b'"reason":"no power"' in event.record


def test_a_payment_that_becomes_known_meanwhile_goes_back() -> None:
    stage = Stage.of()
    pending = stage.buy(method=Method.PENDING).checkout
    suspend(stage)
    stage.fakes.payments.settle(pending.id)
    settled = settle_payment(stage.fakes.payments.charges[pending.id], stage.fakes.services).checkout
    assert (settled.state, settled.refund) == (OrderState.EXPIRED, RefundState.DONE)


@pytest.mark.parametrize(
    "state",
    [state for state in RaffleState if state is not RaffleState.ACTIVE],
    ids=lambda state: state.value,
)
def test_refuses_a_raffle_that_is_not_active(state: RaffleState) -> None:
    stage = Stage.of(a_raffle().in_state(state))
    with pytest.raises(StateRefusesError):
        suspend(stage)
    assert stage.fakes.transactions.events() == []


def test_refuses_strangers_and_roles_that_may_not() -> None:
    stage = Stage.of()
    for actor, error in (
        (A_STRANGER, NotFoundError),
        (member("operator", stage.organization), NotPermittedError),
        (member("regulator", stage.organization), NotPermittedError),
    ):
        with pytest.raises(error):
            suspend_raffle(SuspendRaffle(actor, stage.raffle.id, "r"), stage.fakes.services)
