from uuid import uuid4

import pytest

from riff.domain.identifiers import OrderId
from riff.errors import NotFoundError, NotPermittedError
from riff.usecases.sales.show_order import ShowOrder, show_order
from riff_critical.lifecycle import OrderState
from riff_critical.selling import Channel
from tests.support.builders import a_lease_request, a_raffle, a_sale
from tests.support.fakes import Method
from tests.support.stage import A_STRANGER, Stage, member


def test_shows_a_sale_at_a_counter() -> None:
    stage = Stage.of(a_raffle().active().with_slots(online=100, sales_unit=100))
    with stage.fakes.transactions.begin() as work:
        wanted = a_lease_request(stage.raffle.id, "unit-1", channel=Channel.SALES_UNIT)
        sold, _ = a_sale(work, work.blocks.lease(wanted))
    order = show_order(ShowOrder(stage.manager, sold.id), stage.fakes.services)
    assert (order.state, order.sold, order.checkout) == (OrderState.PAID, sold, None)
    assert len(order.numbers) == sold.count


def test_shows_a_pending_order() -> None:
    stage = Stage.of()
    pending = stage.buy(method=Method.PENDING).checkout
    order = show_order(ShowOrder(stage.manager, pending.id), stage.fakes.services)
    assert (order.state, order.checkout, order.sold, order.numbers) == (
        OrderState.PENDING,
        pending,
        None,
        (),
    )


def test_refuses_whoever_may_not() -> None:
    stage = Stage.of()
    order_id = stage.buy().checkout.id
    with pytest.raises(NotPermittedError):
        show_order(ShowOrder(member("viewer", stage.organization), order_id), stage.fakes.services)
    with pytest.raises(NotFoundError):
        show_order(ShowOrder(A_STRANGER, order_id), stage.fakes.services)


def test_refuses_an_order_of_nobody() -> None:
    stage = Stage.of()
    with pytest.raises(NotFoundError):
        show_order(ShowOrder(stage.manager, OrderId(uuid4())), stage.fakes.services)
