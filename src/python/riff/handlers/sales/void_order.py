"""POST /staff/orders/{order_id}/void: take an order out of the raffle."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

import attrs

from riff.domain.identifiers import OrderId
from riff.handlers._runtime.http import Ok, Request, endpoint
from riff.handlers._runtime.limits import Length
from riff.handlers._runtime.shapes.money import MoneyReply
from riff.usecases.sales.void_order import VoidedOrder, VoidOrder, void_order
from riff.wiring import services


@attrs.frozen
class VoidOrderBody:
    """Why the order is to be void."""

    reason: Annotated[str, Length(1, 500)]


@attrs.frozen
class VoidReply:
    """The fact that an order is void."""

    order_id: UUID
    raffle_id: UUID
    numbers: int
    amount: MoneyReply
    reason: str
    voided_at: datetime

    @classmethod
    def of(cls, voided: VoidedOrder) -> Self:
        """The void, with what it takes off the sales."""
        order, void = voided.order, voided.void
        return cls(
            order.id, order.raffle_id, order.count, MoneyReply.of(order.price), void.reason, void.voided_at
        )


@endpoint(body=VoidOrderBody, permission="orders:void", idempotent=True)
def handler(request: Request[VoidOrderBody]) -> Ok[VoidReply]:
    """Answer with the void."""
    command = VoidOrder(
        actor=request.actor,
        order_id=OrderId(request.path_id("order_id")),
        reason=request.body.reason,
    )
    return Ok(VoidReply.of(void_order(command, services())))
