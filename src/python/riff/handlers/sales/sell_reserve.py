"""POST /staff/raffles/{raffle_id}/reserve-sales: sell or assign numbers from the reserve."""

from typing import Annotated
from uuid import UUID

import attrs

from riff.domain.identifiers import PackageId, RaffleId
from riff.domain.sales.attended_sale import Tender
from riff.handlers._runtime.http import Created, Request, endpoint
from riff.handlers._runtime.limits import Length
from riff.handlers._runtime.shapes.attended import AttendedSaleReply
from riff.usecases.sales.sell_reserve import SellReserve, sell_reserve
from riff.wiring import services


@attrs.frozen
class SellReserveBody:
    """What is sold from the reserve, how it is paid, and why it is not sold elsewhere."""

    package_id: UUID
    tender: Tender
    reason: Annotated[str, Length(1, 500)]


@endpoint(body=SellReserveBody, permission="reserve:sell", keyed=True)
def handler(request: Request[SellReserveBody]) -> Created[AttendedSaleReply]:
    """Answer with the ticket."""
    body = request.body
    command = SellReserve(
        actor=request.actor,
        raffle_id=RaffleId(request.path_id("raffle_id")),
        package_id=PackageId(body.package_id),
        tender=body.tender,
        reason=body.reason,
        request=request.idempotency_key,
    )
    sold = sell_reserve(command, services())
    reply = AttendedSaleReply.of(sold.ticket, sold.sale)
    return Created(reply, location=f"/staff/orders/{reply.order_id}")
