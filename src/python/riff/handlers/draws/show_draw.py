"""GET /staff/raffles/{raffle_id}/draws: a draw as it stands."""

from riff.domain.identifiers import RaffleId
from riff.handlers._runtime.http import Ok, Request, endpoint
from riff.handlers.draws._draw import DRAW, DrawReply
from riff.usecases.draws.show_draw import ShowDraw, show_draw
from riff.wiring import services


@endpoint(query=("draw",), permission="draws:read")
def handler(request: Request[None]) -> Ok[DrawReply]:
    """Answer with the draw."""
    query = ShowDraw(
        actor=request.actor,
        raffle_id=RaffleId(request.path_id("raffle_id")),
        draw=request.query_number("draw", DRAW, default=1),
    )
    return Ok(DrawReply.of(show_draw(query, services())))
