"""POST /staff/raffles/{raffle_id}/closing: end the sales before their time."""

from typing import Annotated

import attrs

from riff.domain.identifiers import RaffleId
from riff.handlers._runtime.http import Ok, Request, endpoint
from riff.handlers._runtime.limits import Length
from riff.handlers._runtime.shapes.raffle import RaffleAdminReply
from riff.usecases.raffles.close_sales import CloseSales, close_sales
from riff.wiring import services


@attrs.frozen
class CloseSalesBody:
    """Why sales end now."""

    reason: Annotated[str, Length(1, 500)]


@endpoint(body=CloseSalesBody, permission="raffles:close", idempotent=True)
def handler(request: Request[CloseSalesBody]) -> Ok[RaffleAdminReply]:
    """Answer with the raffle, closed."""
    command = CloseSales(
        actor=request.actor,
        raffle_id=RaffleId(request.path_id("raffle_id")),
        reason=request.body.reason,
    )
    return Ok(RaffleAdminReply.of(close_sales(command, services())))
