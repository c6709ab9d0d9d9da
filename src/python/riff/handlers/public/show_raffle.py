"""GET /raffles/{raffle_id}: a raffle as the public sees it."""

from riff.domain.identifiers import RaffleId
from riff.handlers._runtime.http import Ok, Request, endpoint
from riff.handlers._runtime.shapes.raffle import RaffleReply
from riff.usecases.public.show_raffle import ShowRaffle, show_raffle
from riff.wiring import services


@endpoint()
def handler(request: Request[None]) -> Ok[RaffleReply]:
    """Answer with the raffle, its packages and its prizes."""
    query = ShowRaffle(raffle_id=RaffleId(request.path_id("raffle_id")))
    return Ok(RaffleReply.of(show_raffle(query, services())), cache_s=5)
