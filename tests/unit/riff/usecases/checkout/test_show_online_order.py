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
    shown = show_online_order(ShowOnlineOrder(bought.checkout.id, bought.access_token), stage.fakes.services)
    assert (shown.checkout, shown.ticket) == (bought.checkout, bought.ticket)


def test_tells_whoever_knows_the_name_alone_how_the_order_stands() -> None:
    stage = Stage.of()
    bought = stage.buy()
    shown = show_online_order(ShowOnlineOrder(bought.checkout.id), stage.fakes.services)
    assert (shown.checkout.state, shown.ticket, shown.access_token) == (OrderState.PAID, None, None)


def test_shows_nothing_by_a_token_of_another_order() -> None:
    stage = Stage.of()
    bought, other = stage.buy(), stage.buy("key-2")
    for token in (other.access_token, "", "é", "\udc80"):
        with pytest.raises(NotFoundError):
            show_online_order(ShowOnlineOrder(bought.checkout.id, token), stage.fakes.services)


def test_shows_a_pending_order_without_ticket() -> None:
    stage = Stage.of()
    order = stage.buy(method=Method.PENDING)
    query = ShowOnlineOrder(order.checkout.id, order.access_token)
    assert show_online_order(query, stage.fakes.services).ticket is None


def test_prints_no_token() -> None:
    order = Stage.of().buy()
    assert str(order.access_token) not in f"{order} {ShowOnlineOrder(order.checkout.id, order.access_token)}"


def test_shows_that_an_order_is_void() -> None:
    stage = Stage.of()
    bought = stage.buy()
    void_order(VoidOrder(stage.manager, bought.checkout.id, "bought twice"), stage.fakes.services)
    query = ShowOnlineOrder(bought.checkout.id, bought.access_token)
    order = show_online_order(query, stage.fakes.services)
    assert order.checkout.state is OrderState.VOIDED
    assert order.ticket is not None
    assert order.ticket.void is not None
    assert order.ticket.void.reason == "bought twice"


def test_refuses_an_order_of_nobody() -> None:
    stage = Stage.of()
    with pytest.raises(NotFoundError):
        show_online_order(ShowOnlineOrder(OrderId(stage.raffle.id)), stage.fakes.services)
