"""POST /staff/raffles/{raffle_id}/resumption: let a suspended raffle sell again."""

from typing import Annotated

import attrs

from riff.domain.identifiers import RaffleId
from riff.handlers._runtime.http import Ok, Request, endpoint
from riff.handlers._runtime.limits import Length
from riff.handlers._runtime.shapes.raffle import RaffleAdminReply
from riff.usecases.raffles.resume_raffle import ResumeRaffle, resume_raffle
from riff.wiring import services


@attrs.frozen
class ResumeRaffleBody:
    """Why sales may go on."""

    reason: Annotated[str, Length(1, 500)]


@endpoint(body=ResumeRaffleBody, permission="raffles:suspend", idempotent=True)
def handler(request: Request[ResumeRaffleBody]) -> Ok[RaffleAdminReply]:
    """Answer with the raffle, active again."""
    command = ResumeRaffle(
        actor=request.actor,
        raffle_id=RaffleId(request.path_id("raffle_id")),
        reason=request.body.reason,
    )
    return Ok(RaffleAdminReply.of(resume_raffle(command, services())))
