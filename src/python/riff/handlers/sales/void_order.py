"""POST /staff/orders/{order_id}/void: take an order out of the raffle."""

from typing import Annotated

import attrs

from riff.domain.identifiers import OrderId
from riff.handlers._runtime.http import Ok, Request, endpoint
from riff.handlers._runtime.limits import Length
from riff.handlers.sales._taken_back import VoidReply
from riff.usecases.sales.void_order import VoidOrder, void_order
from riff.wiring import services


@attrs.frozen
class VoidOrderBody:
    """Why the order is to be void."""

    reason: Annotated[str, Length(1, 500)]


@endpoint(body=VoidOrderBody, permission="orders:void", idempotent=True)
def handler(request: Request[VoidOrderBody]) -> Ok[VoidReply]:
    """Answer with the void."""
    command = VoidOrder(
        actor=request.actor,
        order_id=OrderId(request.path_id("order_id")),
        reason=request.body.reason,
    )
    return Ok(VoidReply.of(void_order(command, services())))
