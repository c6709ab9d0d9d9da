"""POST /staff/raffles/{raffle_id}/cancellation: end a raffle without a draw."""

from typing import Annotated

import attrs

from riff.domain.identifiers import RaffleId
from riff.handlers._runtime.http import Ok, Request, endpoint
from riff.handlers._runtime.limits import Length
from riff.handlers._runtime.shapes.raffle import RaffleAdminReply
from riff.usecases.raffles.cancel_raffle import CancelRaffle, cancel_raffle
from riff.wiring import services


@attrs.frozen
class CancelRaffleBody:
    """Why nothing will be drawn."""

    reason: Annotated[str, Length(1, 500)]


@endpoint(body=CancelRaffleBody, permission="raffles:cancel", idempotent=True)
def handler(request: Request[CancelRaffleBody]) -> Ok[RaffleAdminReply]:
    """Answer with the raffle, cancelled."""
    command = CancelRaffle(
        actor=request.actor,
        raffle_id=RaffleId(request.path_id("raffle_id")),
        reason=request.body.reason,
    )
    return Ok(RaffleAdminReply.of(cancel_raffle(command, services())))
