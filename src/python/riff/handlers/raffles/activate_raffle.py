"""POST /staff/raffles/{raffle_id}/activation: freeze the setup and let the raffle sell."""

from riff.domain.identifiers import RaffleId
from riff.handlers._runtime.http import Ok, Request, endpoint
from riff.handlers._runtime.shapes.raffle import RaffleSetupReply
from riff.usecases.raffles.activate_raffle import ActivateRaffle, activate_raffle
from riff.wiring import services


@endpoint(permission="raffles:activate", idempotent=True)
def handler(request: Request[None]) -> Ok[RaffleSetupReply]:
    """Answer with the setup that is frozen from now on."""
    command = ActivateRaffle(actor=request.actor, raffle_id=RaffleId(request.path_id("raffle_id")))
    return Ok(RaffleSetupReply.of(activate_raffle(command, services())))
