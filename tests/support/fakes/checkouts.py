"""A store of online orders in memory."""

import attrs

from riff.domain.checkout.charge import AdmittedNotice
from riff.domain.checkout.checkout import Checkout, RequestKey
from riff.domain.identifiers import OrderId
from riff.domain.raffles.purchase_limit import Purchase
from riff.errors import IntegrityFailureError, KeyReusedError, NotFoundError
from riff_critical.lifecycle import OrderState
from tests.support.fakes.tables import Tables


@attrs.frozen
class FakeCheckoutStore:
    """Honours `riff.ports.checkouts.CheckoutStore`."""

    tables: Tables

    def open(self, checkout: Checkout) -> Checkout:
        known = self.opened_by(checkout.request)
        if known is not None:
            return known
        self.tables.checkouts[checkout.id] = checkout
        return checkout

    def opened_by(self, request: RequestKey) -> Checkout | None:
        for stored in self.tables.checkouts.values():
            if (stored.request.scope, stored.request.key) == (request.scope, request.key):
                if stored.request.digest != request.digest:
                    raise KeyReusedError("The key opened another order.")
                return stored
        return None

    def get(self, order_id: OrderId) -> Checkout:
        if order_id not in self.tables.checkouts:
            raise NotFoundError("There is no such order.")
        return self.tables.checkouts[order_id]

    def lock(self, order_id: OrderId) -> Checkout:
        return self.get(order_id)

    def update(self, checkout: Checkout) -> None:
        if checkout.reserved and checkout.state in (OrderState.FAILED, OrderState.EXPIRED):
            raise IntegrityFailureError("An order without numbers holds a reservation.")
        self.tables.checkouts[checkout.id] = attrs.evolve(
            self.get(checkout.id),
            state=checkout.state,
            charge_id=checkout.charge_id,
            refund=checkout.refund,
            concluded_at=checkout.concluded_at,
            reserved=checkout.reserved,
        )

    def purchases_beside(self, checkout: Checkout) -> tuple[Purchase, ...]:
        return tuple(
            Purchase(min(other.opened_at, checkout.opened_at), other.numbers, other.price.minor)
            for other in self.tables.checkouts.values()
            if other.id != checkout.id
            and (other.raffle_id, other.buyer_key) == (checkout.raffle_id, checkout.buyer_key)
            and other.state in (OrderState.PENDING, OrderState.PAID)
        )

    def admit_notice(self, notice: AdmittedNotice) -> bool:
        if notice.id in self.tables.notices:
            return False
        self.tables.notices[notice.id] = notice
        return True

    def notices(self, order_id: OrderId) -> tuple[AdmittedNotice, ...]:
        about = [notice for notice in self.tables.notices.values() if notice.order_id == order_id]
        return tuple(sorted(about, key=lambda notice: (notice.admitted_at, notice.id)))
