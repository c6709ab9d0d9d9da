"""POST /staff/raffles/{raffle_id}/suspension: stop the sales for a while."""

from typing import Annotated

import attrs

from riff.domain.identifiers import RaffleId
from riff.handlers._runtime.http import Ok, Request, endpoint
from riff.handlers._runtime.limits import Length
from riff.handlers._runtime.shapes.raffle import RaffleAdminReply
from riff.usecases.raffles.suspend_raffle import SuspendRaffle, suspend_raffle
from riff.wiring import services


@attrs.frozen
class SuspendRaffleBody:
    """Why sales stop for now."""

    reason: Annotated[str, Length(1, 500)]


@endpoint(body=SuspendRaffleBody, permission="raffles:suspend", idempotent=True)
def handler(request: Request[SuspendRaffleBody]) -> Ok[RaffleAdminReply]:
    """Answer with the raffle, suspended."""
    command = SuspendRaffle(
        actor=request.actor,
        raffle_id=RaffleId(request.path_id("raffle_id")),
        reason=request.body.reason,
    )
    return Ok(RaffleAdminReply.of(suspend_raffle(command, services())))
