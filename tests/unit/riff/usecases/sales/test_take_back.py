import pytest

from riff.domain.audit.event_catalogue import EventKind
from riff.domain.checkout.checkout import RefundState
from riff.usecases.sales.take_back import TakeBack, TakenBack, take_back
from riff_critical.lifecycle import OrderEvent, OrderState
from tests.support.stage import Stage

WAYS = {
    OrderEvent.VOID: (OrderState.VOIDED, EventKind.ORDER_VOIDED),
    OrderEvent.REFUND: (OrderState.REFUNDED, EventKind.ORDER_REFUNDED),
}


def taken_back(stage: Stage, how: OrderEvent) -> TakenBack:
    order_id = stage.buy().checkout.id
    command = TakeBack(stage.manager, order_id, "bought twice", how, stage.fakes.clock.now())
    with stage.fakes.transactions.begin() as work:
        return take_back(command, work)


@pytest.mark.parametrize("how", WAYS)
def test_numbers_are_void_and_the_money_is_owed_in_one_transaction(how: OrderEvent) -> None:
    stage = Stage.of()
    taken = taken_back(stage, how)
    state, kind = WAYS[how]
    assert (taken.void.state, taken.refund) == (state, RefundState.DUE)
    assert taken.checkout is not None
    assert taken.checkout.state is state
    with stage.fakes.transactions.begin() as work:
        sales = work.blocks.subtotal(stage.raffle.id)
    assert (sales.orders, sales.voided_orders) == (1, 1)
    kinds = stage.fakes.transactions.event_kinds()
    assert kinds.count(kind) == kinds.count(EventKind.CHECKOUT_REFUND_DUE) == 1


@pytest.mark.parametrize("how", WAYS)
def test_the_event_says_all_that_the_ledger_needs(how: OrderEvent) -> None:
    stage = Stage.of()
    taken = taken_back(stage, how)
    (event,) = (e for e in stage.fakes.transactions.events() if e.kind is WAYS[how][1])
    for fact in (taken.order.id, taken.order.block_id, "bought twice"):
        assert str(fact).encode() in event.record
