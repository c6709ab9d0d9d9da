"""POST /staff/orders/{order_id}/reprint: print a ticket again."""

from typing import Annotated, Self
from uuid import UUID

import attrs

from riff.domain.identifiers import OrderId
from riff.handlers._runtime.http import Ok, Request, endpoint
from riff.handlers._runtime.limits import Length
from riff.handlers._runtime.shapes.order import TicketReply
from riff.usecases.sales.reprint_ticket import ReprintedTicket, ReprintTicket, reprint_ticket
from riff.wiring import services


@attrs.frozen
class ReprintTicketBody:
    """Why the ticket is printed again."""

    reason: Annotated[str, Length(1, 500)]


@attrs.frozen
class ReprintReply:
    """A ticket to print, as the copy that it is.

    Attributes:
        order_id: the order.
        copy: the number of this copy, to be printed on it with the word "reprint".
        ticket: what else is printed.
    """

    order_id: UUID
    copy: int
    ticket: TicketReply

    @classmethod
    def of(cls, reprinted: ReprintedTicket) -> Self:
        """The copy."""
        reprint = reprinted.reprint
        return cls(reprint.order_id, reprint.copy, TicketReply.of(reprinted.ticket))


@endpoint(body=ReprintTicketBody, permission="orders:reprint", keyed=True)
def handler(request: Request[ReprintTicketBody]) -> Ok[ReprintReply]:
    """Answer with the ticket, marked as a copy."""
    command = ReprintTicket(
        actor=request.actor,
        order_id=OrderId(request.path_id("order_id")),
        reason=request.body.reason,
        request=request.idempotency_key,
    )
    return Ok(ReprintReply.of(reprint_ticket(command, services())))
