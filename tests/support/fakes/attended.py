"""A store of attended sales in memory."""

import attrs

from riff.domain.checkout.checkout import RequestKey
from riff.domain.identifiers import OrderId, RaffleId
from riff.domain.sales.attended_sale import AttendedSale, Takings, Tender
from tests.support.fakes.tables import Tables


@attrs.frozen
class FakeAttendedSaleStore:
    """Honours `riff.ports.attended.AttendedSaleStore`."""

    tables: Tables

    def add(self, sale: AttendedSale, request: RequestKey | None) -> None:
        self.tables.attended[sale.order_id] = sale
        if request is not None:
            self.tables.attended_requests[request.scope, request.key] = request.digest, sale.order_id

    def sold_by(self, request: RequestKey) -> AttendedSale | None:
        found = self.tables.attended_requests.get((request.scope, request.key))
        if found is None:
            return None
        digest, order_id = found
        request.require_same(digest)
        return self.tables.attended[order_id]

    def find(self, order_id: OrderId) -> AttendedSale | None:
        return self.tables.attended.get(order_id)

    def takings(self, raffle_id: RaffleId) -> tuple[Takings, ...]:
        sales = [sale for sale in self.tables.attended.values() if sale.raffle_id == raffle_id]
        sellers = {sale.seller: sale.enrolment_id for sale in sales}
        return tuple(
            self._of(Takings(seller, sellers[seller]), [sale for sale in sales if sale.seller == seller])
            for seller in sorted(sellers)
        )

    def taken_by(self, raffle_id: RaffleId, seller: str) -> Takings | None:
        return next((found for found in self.takings(raffle_id) if found.seller == seller), None)

    def _of(self, nothing: Takings, sales: list[AttendedSale]) -> Takings:
        valid = [sale for sale in sales if sale.order_id not in self.tables.voids]

        def paid(tender: Tender) -> int:
            return sum(
                self.tables.orders[sale.order_id].price.minor for sale in valid if sale.tender is tender
            )

        return attrs.evolve(
            nothing,
            orders=len(valid),
            numbers=sum(self.tables.orders[sale.order_id].count for sale in valid),
            voided_orders=len(sales) - len(valid),
            cash_orders=sum(sale.tender is Tender.CASH for sale in sales),
            cash_minor=paid(Tender.CASH),
            card_minor=paid(Tender.CARD),
            prepaid_minor=paid(Tender.PREPAID),
        )
