import pytest

from riff.domain.identifiers import OrderId
from riff.errors import NotFoundError
from riff.usecases.checkout.show_online_order import ShowOnlineOrder, show_online_order
from riff.usecases.sales.void_order import VoidOrder, void_order
from riff_critical.lifecycle import OrderState
from tests.support.fakes import Method
from tests.support.stage import Stage


def test_shows_the_ticket_that_the_buyer_was_given() -> None:
    stage = Stage.of()
    bought = stage.buy()
    assert bought == show_online_order(ShowOnlineOrder(bought.checkout.id), stage.fakes.services)


def test_shows_a_pending_order_without_ticket() -> None:
    stage = Stage.of()
    order_id = stage.buy(method=Method.PENDING).checkout.id
    assert show_online_order(ShowOnlineOrder(order_id), stage.fakes.services).ticket is None


def test_shows_that_an_order_is_void() -> None:
    stage = Stage.of()
    order_id = stage.buy().checkout.id
    void_order(VoidOrder(stage.manager, order_id, "bought twice"), stage.fakes.services)
    order = show_online_order(ShowOnlineOrder(order_id), stage.fakes.services)
    assert order.checkout.state is OrderState.VOIDED
    assert order.ticket is not None
    assert order.ticket.void is not None
    assert order.ticket.void.reason == "bought twice"


def test_refuses_an_order_of_nobody() -> None:
    stage = Stage.of()
    with pytest.raises(NotFoundError):
        show_online_order(ShowOnlineOrder(OrderId(stage.raffle.id)), stage.fakes.services)
