"""GET /staff/orders/{order_id}: an order with everything that is on record about it."""

from datetime import datetime
from typing import Self
from uuid import UUID

import attrs

from riff.domain.checkout.charge import AdmittedNotice
from riff.domain.checkout.checkout import Checkout, Failure, RefundState
from riff.domain.identifiers import OrderId
from riff.domain.sales.reprint import Reprint
from riff.domain.sales.sold_order import OrderVoid, SoldOrder
from riff.handlers._runtime.http import Ok, Request, endpoint
from riff.handlers._runtime.shapes.money import MoneyReply
from riff.usecases.sales.show_order import OfficeOrder, ShowOrder, show_order
from riff.wiring import services
from riff_critical.lifecycle import OrderState
from riff_critical.selling import Channel


@attrs.frozen
class SaleShown:
    """The sale, whose numbers exist."""

    channel: Channel
    package_id: UUID
    numbers: tuple[int, ...]
    price: MoneyReply
    seller: str
    sold_at: datetime

    @classmethod
    def of(cls, sold: SoldOrder, numbers: tuple[int, ...]) -> Self:
        """The sale, without what proves its ticket."""
        price = MoneyReply.of(sold.price)
        return cls(sold.channel, sold.package_id, numbers, price, sold.seller, sold.sold_at)


@attrs.frozen
class VoidShown:
    """Who took the order back, when and why."""

    reason: str
    voided_by: str
    voided_at: datetime

    @classmethod
    def of(cls, void: OrderVoid) -> Self:
        """The void."""
        return cls(void.reason, void.voided_by, void.voided_at)


@attrs.frozen
class BuyerShown:
    """Whom the ticket is sent to."""

    name: str = attrs.field(repr=False)
    email: str = attrs.field(repr=False)


@attrs.frozen
class CheckoutShown:
    """The online order behind a sale, or before it; what is not known is left out."""

    buyer: BuyerShown
    price: MoneyReply
    opened_at: datetime
    expires_at: datetime
    concluded_at: datetime | None
    failure: Failure | None
    charge_id: str | None
    refund: RefundState

    @classmethod
    def of(cls, checkout: Checkout) -> Self:
        """The online order."""
        return cls(
            buyer=BuyerShown(checkout.buyer.name, checkout.buyer.email),
            price=MoneyReply.of(checkout.price),
            opened_at=checkout.opened_at,
            expires_at=checkout.expires_at,
            concluded_at=checkout.concluded_at,
            failure=checkout.failure,
            charge_id=checkout.charge_id,
            refund=checkout.refund,
        )


@attrs.frozen
class NoticeShown:
    """What the payment processor told, and when it was acted upon."""

    id: str
    told: str
    admitted_at: datetime

    @classmethod
    def of(cls, notice: AdmittedNotice) -> Self:
        """The notice."""
        return cls(notice.id, notice.told, notice.admitted_at)


@attrs.frozen
class ReprintShown:
    """A copy of the ticket."""

    copy: int
    reason: str
    reprinted_by: str
    reprinted_at: datetime

    @classmethod
    def of(cls, reprint: Reprint) -> Self:
        """The copy."""
        return cls(reprint.copy, reprint.reason, reprint.reprinted_by, reprint.reprinted_at)


@attrs.frozen
class OfficeOrderReply:
    """An order as the office sees it; what there is not is left out."""

    id: UUID
    raffle_id: UUID
    state: OrderState
    sale: SaleShown | None
    void: VoidShown | None
    checkout: CheckoutShown | None
    notices: tuple[NoticeShown, ...]
    reprints: tuple[ReprintShown, ...]

    @classmethod
    def of(cls, order: OfficeOrder) -> Self:
        """The order with all that is on record."""
        return cls(
            id=order.order_id,
            raffle_id=order.raffle_id,
            state=order.state,
            sale=None if order.sold is None else SaleShown.of(order.sold, order.numbers),
            void=None if order.void is None else VoidShown.of(order.void),
            checkout=None if order.checkout is None else CheckoutShown.of(order.checkout),
            notices=tuple(map(NoticeShown.of, order.notices)),
            reprints=tuple(map(ReprintShown.of, order.reprints)),
        )


@endpoint(permission="orders:read")
def handler(request: Request[None]) -> Ok[OfficeOrderReply]:
    """Answer with the order."""
    query = ShowOrder(actor=request.actor, order_id=OrderId(request.path_id("order_id")))
    return Ok(OfficeOrderReply.of(show_order(query, services())))
