"""A store of online orders in memory."""

from datetime import datetime

import attrs

from riff.domain.checkout.checkout import Checkout, RequestKey
from riff.domain.identifiers import OrderId
from riff.errors import KeyReusedError, NotFoundError
from tests.support.fakes.tables import Tables


@attrs.frozen
class FakeCheckoutStore:
    """Honours `riff.ports.stores.CheckoutStore`."""

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
        self.tables.checkouts[checkout.id] = attrs.evolve(
            self.get(checkout.id),
            state=checkout.state,
            charge_id=checkout.charge_id,
            refund=checkout.refund,
            concluded_at=checkout.concluded_at,
        )

    def admit_notice(self, notice_id: str, order_id: OrderId, at: datetime) -> bool:  # noqa: ARG002 - the port's signature; this fake keeps no instants
        if notice_id in self.tables.notices:
            return False
        self.tables.notices[notice_id] = order_id
        return True
