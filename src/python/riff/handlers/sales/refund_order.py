"""POST /staff/orders/{order_id}/refund: take an order back and return its money."""

from typing import Annotated

import attrs

from riff.domain.identifiers import OrderId
from riff.handlers._runtime.http import Ok, Request, endpoint
from riff.handlers._runtime.limits import Length
from riff.handlers.sales._taken_back import VoidReply
from riff.usecases.sales.refund_order import RefundOrder, refund_order
from riff.wiring import services


@attrs.frozen
class RefundOrderBody:
    """Why the money is to go back."""

    reason: Annotated[str, Length(1, 500)]


@endpoint(body=RefundOrderBody, permission="orders:refund", keyed=True)
def handler(request: Request[RefundOrderBody]) -> Ok[VoidReply]:
    """Answer with the void, and where the money stands."""
    command = RefundOrder(
        actor=request.actor,
        order_id=OrderId(request.path_id("order_id")),
        reason=request.body.reason,
        request=request.idempotency_key,
    )
    return Ok(VoidReply.of(refund_order(command, services())))
