"""Orders as the office sees them, in memory."""

import attrs

from riff.domain.checkout.checkout import RequestKey
from riff.domain.identifiers import OrderId, RaffleId
from riff.domain.sales.reprint import Reprint
from riff.errors import IntegrityFailureError
from riff.ports.order_book import BookedOrder, OrderPosition
from riff.ports.pages import Page
from tests.support.fakes.tables import Tables


@attrs.frozen
class FakeOrderBook:
    """Honours `riff.ports.order_book.OrderBook`."""

    tables: Tables

    def page(self, raffle_id: RaffleId, after: OrderPosition | None, limit: int) -> Page[BookedOrder]:
        orders = sorted(
            (order for order in self.tables.orders.values() if order.raffle_id == raffle_id),
            key=lambda order: (order.block_tag, order.first_slot),
        )
        rest = [
            BookedOrder(order, self.tables.voids.get(order.id))
            for order in orders
            if after is None or (order.block_tag, order.first_slot) > (after.block_tag, after.first_slot)
        ]
        return Page(tuple(rest[:limit]), more=len(rest) > limit)

    def reprints(self, order_id: OrderId) -> tuple[Reprint, ...]:
        return self.tables.reprints.get(order_id, ())

    def add_reprint(self, reprint: Reprint, request: RequestKey) -> None:
        known = self.reprints(reprint.order_id)
        if reprint.copy in {copy.copy for copy in known}:
            raise IntegrityFailureError("A copy of that number is on record.")
        self.tables.reprints[reprint.order_id] = tuple(sorted((*known, reprint), key=lambda copy: copy.copy))
        self.tables.reprint_requests[request.scope, request.key] = request.digest, reprint

    def reprint_by(self, request: RequestKey) -> Reprint | None:
        found = self.tables.reprint_requests.get((request.scope, request.key))
        if found is None:
            return None
        digest, reprint = found
        request.require_same(digest)
        return reprint
