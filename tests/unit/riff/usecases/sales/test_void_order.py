import pytest

from riff.domain.accounts.actor import Actor
from riff.domain.audit.event_catalogue import EventKind
from riff.domain.checkout.checkout import RefundState
from riff.domain.identifiers import OrderId
from riff.errors import AlreadyVoidedError, NotFoundError, NotPermittedError, StateRefusesError
from riff.usecases.checkout.settle_unknown_payments import SettleUnknownPayments, settle_unknown_payments
from riff.usecases.checkout.show_online_order import ShowOnlineOrder, show_online_order
from riff.usecases.public.show_jackpot import ShowJackpot, show_jackpot
from riff.usecases.sales.void_order import VoidOrder, void_order
from riff_critical.lifecycle import OrderState, RaffleState
from tests.support.builders import a_raffle
from tests.support.fakes import FakeRun, Method
from tests.support.stage import A_NOBODY, A_STRANGER, Stage, member


def test_the_jackpot_follows_a_void() -> None:
    stage = Stage.of()
    orders = [stage.buy(f"key-{n}").checkout for n in range(3)]
    void_order(VoidOrder(stage.manager, orders[1].id, "bought twice"), stage.fakes.services)
    estimate = show_jackpot(ShowJackpot(stage.raffle.id), stage.fakes.services)
    assert (estimate.sales.minor, estimate.jackpot.minor, estimate.numbers) == (4000, 2000, 20)


def test_voided_numbers_are_never_sold_again() -> None:
    stage = Stage.of(a_raffle().active().with_slots(online=20))
    void_order(VoidOrder(stage.manager, stage.buy("key-1").checkout.id, "r"), stage.fakes.services)
    following = stage.buy("key-2").ticket
    assert following is not None
    assert following.order.first_slot == 10
    assert stage.buy("key-3").ticket is None


def test_a_void_records_who_what_and_why() -> None:
    stage = Stage.of()
    voided = void_order(VoidOrder(stage.manager, stage.buy().checkout.id, "r"), stage.fakes.services)
    assert ("r", stage.manager.label) == (voided.void.reason, voided.void.voided_by)
    record = next(e for e in stage.fakes.transactions.events() if e.kind is EventKind.ORDER_VOIDED).record
    assert str(voided.order.id).encode() in record


def test_refuses_to_void_twice() -> None:
    stage = Stage.of()
    command = VoidOrder(stage.manager, stage.buy().checkout.id, "r")
    void_order(command, stage.fakes.services)
    before = stage.fakes.transactions.events()
    with pytest.raises(AlreadyVoidedError):
        void_order(command, stage.fakes.services)
    assert before == stage.fakes.transactions.events()


def test_refuses_an_order_without_numbers() -> None:
    stage = Stage.of()
    order_id = stage.buy(method=Method.PENDING).checkout.id
    with pytest.raises(NotFoundError):
        void_order(VoidOrder(stage.manager, order_id, "r"), stage.fakes.services)


def test_refuses_an_order_of_nobody() -> None:
    stage = Stage.of()
    with pytest.raises(NotFoundError):
        void_order(VoidOrder(stage.manager, OrderId(stage.raffle.id), "r"), stage.fakes.services)


@pytest.mark.parametrize(
    ("actor", "refusal"),
    [(A_STRANGER, NotFoundError), (A_NOBODY, NotFoundError)],
    ids=["of another organization", "of no organization"],
)
def test_hides_the_order_from_strangers(actor: Actor, refusal: type[Exception]) -> None:
    stage = Stage.of()
    order_id = stage.buy().checkout.id
    with pytest.raises(refusal):
        void_order(VoidOrder(actor, order_id, "r"), stage.fakes.services)


@pytest.mark.parametrize("role", ["operator", "regulator", "viewer"])
def test_refuses_roles_that_may_not_void(role: str) -> None:
    stage = Stage.of()
    order_id = stage.buy().checkout.id
    with pytest.raises(NotPermittedError):
        void_order(VoidOrder(member(role, stage.organization), order_id, "r"), stage.fakes.services)


@pytest.mark.parametrize(
    "state",
    [RaffleState.RECONCILED, RaffleState.SEALED, RaffleState.DRAWING, RaffleState.COMPLETED],
    ids=lambda state: state.value,
)
def test_refuses_once_the_raffle_is_reconciled(state: RaffleState) -> None:
    stage = Stage.of()
    order_id = stage.buy().checkout.id
    stage.put_in(state)
    with pytest.raises(StateRefusesError):
        void_order(VoidOrder(stage.manager, order_id, "r"), stage.fakes.services)


def test_what_was_paid_online_is_owed_back_and_returned() -> None:
    stage = Stage.of()
    order = stage.buy().checkout
    voided = void_order(VoidOrder(stage.manager, order.id, "r"), stage.fakes.services)
    assert (voided.void.state, voided.refund) == (OrderState.VOIDED, RefundState.DUE)
    assert stage.fakes.payments.refunded == []
    settle_unknown_payments(SettleUnknownPayments(), stage.fakes.services, FakeRun())
    shown = show_online_order(ShowOnlineOrder(order.id), stage.fakes.services)
    assert (shown.checkout.state, shown.checkout.refund) == (OrderState.VOIDED, RefundState.DONE)
    assert stage.fakes.payments.refunded == [order.charge_id]
