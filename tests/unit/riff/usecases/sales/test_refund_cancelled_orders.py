import pytest

from riff.domain.audit.event_catalogue import EventKind
from riff.domain.checkout.checkout import RefundState
from riff.usecases.raffles.cancel_raffle import CancelRaffle, cancel_raffle
from riff.usecases.sales.refund_cancelled_orders import RefundCancelledOrders, refund_cancelled_orders
from riff.usecases.sales.void_order import VoidOrder, void_order
from riff_critical.lifecycle import OrderState, RaffleState
from tests.support.builders import a_raffle
from tests.support.fakes import FakeRun
from tests.support.stage import Stage


def run(stage: Stage) -> FakeRun:
    done = FakeRun()
    refund_cancelled_orders(RefundCancelledOrders(page=1), stage.fakes.services, done)
    return done


def cancelled(orders: int) -> Stage:
    """A raffle that was cancelled after so many orders, each in a block of its own."""
    stage = Stage.of(a_raffle().active().with_slots(online=10 * orders))
    for number in range(orders):
        stage.buy(f"key-{number}")
        stage.fakes.leases.drop(stage.raffle.id)
    cancel_raffle(CancelRaffle(stage.manager, stage.raffle.id, "no match"), stage.fakes.services)
    return stage


def test_owes_every_buyer_the_money_back_once() -> None:
    stage = cancelled(orders=3)
    assert run(stage).counts["owed back"] == 3
    checkouts = stage.fakes.transactions.tables.checkouts.values()
    assert {(order.state, order.refund) for order in checkouts} == {(OrderState.REFUNDED, RefundState.DUE)}
    assert stage.fakes.transactions.event_kinds().count(EventKind.ORDER_REFUNDED) == 3
    assert run(stage).counts == {}


def test_leaves_alone_what_was_taken_back_before() -> None:
    stage = Stage.of()
    first, _ = stage.buy("key-1").checkout, stage.buy("key-2")
    void_order(VoidOrder(stage.manager, first.id, "bought twice"), stage.fakes.services)
    cancel_raffle(CancelRaffle(stage.manager, stage.raffle.id, "no match"), stage.fakes.services)
    assert run(stage).counts["owed back"] == 1


@pytest.mark.parametrize(
    "state",
    [state for state in RaffleState if state is not RaffleState.CANCELLED],
    ids=lambda state: state.value,
)
def test_takes_back_nothing_of_a_raffle_that_was_not_cancelled(state: RaffleState) -> None:
    stage = Stage.of()
    stage.buy()
    stage.put_in(state)
    assert run(stage).counts == {}
