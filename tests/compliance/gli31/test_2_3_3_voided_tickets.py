"""GLI-31 2.3.3, voided tickets: a void is flagged with its numbers, which are never sold again."""

from collections.abc import Callable

import pytest

from riff.domain.audit.event_catalogue import EventKind
from riff.domain.checkout.checkout import RequestKey
from riff.domain.identifiers import OrderId
from riff.errors import AlreadyVoidedError
from riff.usecases.checkout.show_online_order import ShowOnlineOrder, show_online_order
from riff.usecases.sales.list_orders import ListOrders, list_orders
from riff.usecases.sales.refund_order import RefundOrder, refund_order
from riff.usecases.sales.reprint_ticket import ReprintTicket, reprint_ticket
from riff.usecases.sales.void_order import VoidOrder, void_order
from riff_critical.lifecycle import OrderState
from tests.support.builders import a_raffle
from tests.support.builders.units import a_request
from tests.support.stage import Stage


def _void(stage: Stage, order_id: OrderId) -> None:
    void_order(VoidOrder(stage.manager, order_id, "sold twice by mistake"), stage.fakes.services)


def _refund(stage: Stage, order_id: OrderId) -> None:
    request = RequestKey("refund_order staff:kim", str(order_id), b"d" * 32)
    refund_order(
        RefundOrder(stage.manager, order_id, "the buyer could not come", request), stage.fakes.services
    )


type TakeBack = Callable[[Stage, OrderId], None]

WAYS: dict[TakeBack, tuple[OrderState, EventKind]] = {
    _void: (OrderState.VOIDED, EventKind.ORDER_VOIDED),
    _refund: (OrderState.REFUNDED, EventKind.ORDER_REFUNDED),
}
EVERY = pytest.mark.parametrize("take_back", WAYS, ids=("void", "refund"))


@EVERY
def test_the_ticket_is_flagged_with_its_numbers_and_its_validation_number(take_back: TakeBack) -> None:
    stage = Stage.of()
    sold = stage.buy()
    take_back(stage, sold.checkout.id)
    query = ShowOnlineOrder(sold.checkout.id, sold.access_token)
    ticket = show_online_order(query, stage.fakes.services).ticket
    assert sold.ticket is not None
    assert ticket is not None
    assert ticket.void is not None
    assert (ticket.numbers, ticket.validation_number) == (sold.ticket.numbers, sold.ticket.validation_number)
    (booked,) = list_orders(ListOrders(stage.manager, stage.raffle.id, None, 9), stage.fakes.services).items
    assert booked.void == ticket.void
    assert booked.void.state is WAYS[take_back][0]


@EVERY
def test_who_when_why_and_which_numbers_are_a_significant_event(take_back: TakeBack) -> None:
    stage = Stage.of()
    order_id = stage.buy().checkout.id
    take_back(stage, order_id)
    (event,) = (e for e in stage.fakes.transactions.events() if e.kind is WAYS[take_back][1])
    for fact in (order_id, stage.manager.label, '"first_slot":0', '"end_slot":10', '"reason"'):
        assert str(fact).encode() in event.record
    assert event.occurred_at == stage.fakes.clock.now()


@EVERY
def test_voided_numbers_are_never_sold_again(take_back: TakeBack) -> None:
    stage = Stage.of(a_raffle().active().with_slots(online=20))
    take_back(stage, stage.buy("key-1").checkout.id)
    following = stage.buy("key-2").ticket
    assert following is not None
    assert following.numbers == tuple(range(11, 21))
    assert stage.buy("key-3").ticket is None


@EVERY
def test_a_voided_ticket_is_not_printed_again_and_not_voided_again(take_back: TakeBack) -> None:
    stage = Stage.of()
    order_id = stage.buy().checkout.id
    take_back(stage, order_id)
    with pytest.raises(AlreadyVoidedError):
        reprint_ticket(
            ReprintTicket(stage.manager, order_id, "r", a_request("reprint_ticket staff:kim")),
            stage.fakes.services,
        )
    with pytest.raises(AlreadyVoidedError):
        _void(stage, order_id)
