"""Orders as the office sees them."""

import attrs
import pytest

from riff.domain.identifiers import OrderId
from riff.domain.sales.reprint import Reprint
from riff.domain.sales.sold_order import OrderVoid, SoldOrder
from riff.errors import IntegrityFailureError, KeyReusedError
from riff.ports.order_book import BookedOrder, OrderPosition
from riff.ports.pages import Page
from riff_critical.lifecycle import OrderState
from tests.support.builders import a_lease_request, a_raffle, a_sale
from tests.support.builders.units import a_request
from tests.support.contracts import Stores
from tests.support.fakes import NOON


def _sold(stores: Stores) -> tuple[SoldOrder, ...]:
    """Two orders of the first block of a raffle, and two of its second, sold in turns."""
    raffle = stores.raffle(a_raffle().active().with_slots(online=100))
    orders = []
    with stores.critical.begin() as work:
        leases = [
            work.blocks.lease(a_lease_request(raffle.id, holder, block_slots=50))
            for holder in ("environment-1", "environment-2")
        ]
        for turn in (0, 1, 0, 1):
            order, leases[turn] = a_sale(work, leases[turn])
            orders.append(order)
    return orders[0], orders[2], orders[1], orders[3]


class OrderBookContract:
    def test_lists_orders_block_by_block_in_pages(self, stores: Stores) -> None:
        orders = _sold(stores)
        _sold(stores)
        booked = tuple(BookedOrder(order, None) for order in orders)
        raffle_id = orders[0].raffle_id
        with stores.reader.begin() as work:
            assert work.order_book.page(raffle_id, None, 3) == Page(booked[:3], more=True)
            for number, order in enumerate(orders, 1):
                after = OrderPosition(order.block_tag, order.first_slot)
                assert work.order_book.page(raffle_id, after, 9) == Page(booked[number:], more=False)
            assert work.order_book.page(raffle_id, None, 4) == Page(booked, more=False)

    @pytest.mark.parametrize("state", [OrderState.VOIDED, OrderState.REFUNDED])
    def test_tells_what_became_of_an_order(self, stores: Stores, state: OrderState) -> None:
        orders = _sold(stores)
        void = OrderVoid(orders[1].id, "bought twice", "staff:kim", NOON, state)
        with stores.critical.begin() as work:
            work.orders.void(orders[1], void)
        with stores.reader.begin() as work:
            assert work.orders.void_of(orders[1].id) == void
            page = work.order_book.page(orders[0].raffle_id, None, 2)
        assert page.items == (BookedOrder(orders[0], None), BookedOrder(orders[1], void))

    def test_counts_the_copies_of_a_ticket(self, stores: Stores) -> None:
        order, other, *_ = _sold(stores)
        first, second = (_a_reprint(order.id, copy) for copy in (1, 2))
        with stores.critical.begin() as work:
            for reprint in (first, second, _a_reprint(other.id, 1)):
                work.order_book.add_reprint(reprint, a_request("reprint_ticket staff:kim"))
        with stores.reader.begin() as work:
            assert work.order_book.reprints(order.id) == (first, second)
        with pytest.raises(IntegrityFailureError), stores.critical.begin() as work:
            work.order_book.add_reprint(
                attrs.evolve(second, reason="again"), a_request("reprint_ticket staff:kim")
            )

    def test_recognises_a_request_that_has_made_a_copy(self, stores: Stores) -> None:
        order, *_ = _sold(stores)
        request, reprint = a_request("reprint_ticket staff:kim"), _a_reprint(order.id, 1)
        with stores.critical.begin() as work:
            assert work.order_book.reprint_by(request) is None
            work.order_book.add_reprint(reprint, request)
        with stores.critical.begin() as work:
            assert work.order_book.reprint_by(request) == reprint
            assert work.order_book.reprint_by(attrs.evolve(request, scope="reprint_ticket staff:lee")) is None
            with pytest.raises(KeyReusedError):
                work.order_book.reprint_by(attrs.evolve(request, digest=b"e" * 32))


def _a_reprint(order_id: OrderId, copy: int) -> Reprint:
    return Reprint(order_id, copy, "the printer jammed", "staff:kim", NOON)
