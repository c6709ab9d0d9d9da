from uuid import uuid4

import pytest

from riff.domain.identifiers import RaffleId
from riff.errors import NotFoundError, NotPermittedError
from riff.ports.order_book import OrderPosition
from riff.usecases.sales.list_orders import ListOrders, list_orders
from tests.support.fakes import Method
from tests.support.stage import A_STRANGER, Stage, member


def test_lists_orders_with_numbers_from_a_place_on() -> None:
    stage = Stage.of()
    stage.buy("key-0", Method.DECLINE)
    bought = [stage.buy(f"key-{n}").checkout.id for n in (1, 2, 3)]
    query = ListOrders(stage.manager, stage.raffle.id, OrderPosition(0, 0), 1)
    page = list_orders(query, stage.fakes.services)
    assert ([booked.order.id for booked in page.items], page.more) == ([bought[1]], True)


def test_refuses_whoever_may_not_and_a_raffle_of_nobody() -> None:
    stage = Stage.of()
    with pytest.raises(NotPermittedError):
        list_orders(
            ListOrders(member("viewer", stage.organization), stage.raffle.id, None, 1), stage.fakes.services
        )
    with pytest.raises(NotFoundError):
        list_orders(ListOrders(A_STRANGER, stage.raffle.id, None, 1), stage.fakes.services)
    with pytest.raises(NotFoundError):
        list_orders(ListOrders(stage.manager, RaffleId(uuid4()), None, 1), stage.fakes.services)
