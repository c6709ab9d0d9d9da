import pytest

from riff.domain.audit.event_catalogue import EventKind
from riff.domain.identifiers import OrderId
from riff.domain.units.void_request import VoidRequest
from riff.errors import AlreadyRequestedError, AlreadyVoidedError, NotFoundError, StateRefusesError
from riff.usecases.sales.void_order import VoidOrder, void_order
from riff.usecases.units.request_void import RequestVoid, request_void
from riff_critical.lifecycle import RaffleState
from tests.support.booth import Booth


def _request(booth: Booth, order_id: OrderId) -> VoidRequest:
    return request_void(RequestVoid(booth.actor, order_id, "wrong package"), booth.stage.fakes.services)


def test_asks_once_and_voids_nothing() -> None:
    booth = Booth.selling()
    order = booth.sell().ticket.order
    asked = _request(booth, order.id)
    assert (order.id, booth.enrolment.id, "wrong package") == (
        asked.order_id,
        asked.enrolment_id,
        asked.reason,
    )
    with booth.stage.fakes.transactions.begin() as work:
        assert work.orders.void_of(order.id) is None
    with pytest.raises(AlreadyRequestedError):
        _request(booth, order.id)
    kinds = booth.stage.fakes.transactions.event_kinds()
    assert kinds.count(EventKind.VOID_REQUESTED) == 1


def test_knows_its_own_orders_only() -> None:
    booth = Booth.selling()
    other = Booth.at(booth.stage, "device-2")
    other.enrol()
    other.lease()
    for order_id in (other.sell().ticket.order.id, booth.stage.buy().checkout.id):
        with pytest.raises(NotFoundError):
            _request(booth, order_id)


def test_refuses_an_order_that_is_void() -> None:
    booth = Booth.selling()
    order = booth.sell().ticket.order
    void_order(VoidOrder(booth.stage.manager, order.id, "r"), booth.stage.fakes.services)
    with pytest.raises(AlreadyVoidedError):
        _request(booth, order.id)


def test_refuses_once_voids_are_closed_and_after_the_unit_has_closed() -> None:
    booth = Booth.selling()
    order = booth.sell().ticket.order
    booth.stage.put_in(RaffleState.RECONCILED)
    with pytest.raises(StateRefusesError):
        _request(booth, order.id)
    booth.close()
    with pytest.raises(StateRefusesError):
        _request(booth, order.id)
