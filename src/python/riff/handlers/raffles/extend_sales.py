"""POST /staff/raffles/{raffle_id}/extension: let a raffle sell longer."""

from datetime import datetime
from typing import Annotated

import attrs

from riff.domain.identifiers import RaffleId
from riff.handlers._runtime.http import Ok, Request, endpoint
from riff.handlers._runtime.limits import Length
from riff.handlers._runtime.shapes.raffle import RaffleAdminReply
from riff.usecases.raffles.extend_sales import ExtendSales, extend_sales
from riff.wiring import services


@attrs.frozen
class ExtendSalesBody:
    """Until when sales go on, and why."""

    closes_at: datetime
    reason: Annotated[str, Length(1, 500)]


@endpoint(body=ExtendSalesBody, permission="raffles:extend", idempotent=True)
def handler(request: Request[ExtendSalesBody]) -> Ok[RaffleAdminReply]:
    """Answer with the raffle and its new window."""
    command = ExtendSales(
        actor=request.actor,
        raffle_id=RaffleId(request.path_id("raffle_id")),
        closes_at=request.body.closes_at,
        reason=request.body.reason,
    )
    return Ok(RaffleAdminReply.of(extend_sales(command, services())))
