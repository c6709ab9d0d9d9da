"""GET /staff/raffles/{raffle_id}/orders: the orders of a raffle."""

from datetime import datetime
from typing import Self
from uuid import UUID

import attrs

from riff.domain.identifiers import RaffleId
from riff.handlers._runtime import cursor
from riff.handlers._runtime.http import Ok, Request, endpoint
from riff.handlers._runtime.limits import Between
from riff.handlers._runtime.shapes.money import MoneyReply
from riff.ports.order_book import BookedOrder, OrderPosition
from riff.ports.pages import Page
from riff.usecases.sales.list_orders import ListOrders, list_orders
from riff.wiring import services
from riff_critical.lifecycle import OrderState
from riff_critical.selling import Channel

LIMIT = Between(1, 100)


@attrs.frozen
class BookedOrderReply:
    """An order in the list; `voided_at` is left out while it is valid."""

    id: UUID
    channel: Channel
    state: OrderState
    numbers: int
    price: MoneyReply
    seller: str
    sold_at: datetime
    voided_at: datetime | None

    @classmethod
    def of(cls, booked: BookedOrder) -> Self:
        """The order, without its buyer."""
        order, void = booked.order, booked.void
        return cls(
            id=order.id,
            channel=order.channel,
            state=OrderState.PAID if void is None else void.state,
            numbers=order.count,
            price=MoneyReply.of(order.price),
            seller=order.seller,
            sold_at=order.sold_at,
            voided_at=None if void is None else void.voided_at,
        )


@attrs.frozen
class OrderPageReply:
    """Part of the list; without `next_cursor` it is the last part."""

    orders: tuple[BookedOrderReply, ...]
    next_cursor: str | None


@endpoint(query=("cursor", "limit"), permission="orders:read")
def handler(request: Request[None]) -> Ok[OrderPageReply]:
    """Answer with one page, block by block."""
    query = ListOrders(
        actor=request.actor,
        raffle_id=RaffleId(request.path_id("raffle_id")),
        after=cursor.decode(request.query_text("cursor"), OrderPosition),
        limit=request.query_number("limit", LIMIT, default=20),
    )
    page = list_orders(query, services())
    return Ok(OrderPageReply(tuple(map(BookedOrderReply.of, page.items)), _next(page)))


def _next(page: Page[BookedOrder]) -> str | None:
    if not page.more:
        return None
    last = page.items[-1].order
    return cursor.encode(OrderPosition(last.block_tag, last.first_slot))
