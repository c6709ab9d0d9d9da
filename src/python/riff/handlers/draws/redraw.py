"""POST /staff/raffles/{raffle_id}/redraws: promote an alternate, or give up a hopeless attempt."""

from typing import Annotated

import attrs

from riff.domain.identifiers import RaffleId
from riff.handlers._runtime.http import Ok, Request, endpoint
from riff.handlers._runtime.limits import Between, Length
from riff.handlers.draws._draw import DRAW, DrawReply
from riff.usecases.draws.redraw import Redraw, redraw
from riff.wiring import services


@attrs.frozen
class RedrawBody:
    """Which winner gives way, and why; or, without a winner, why the attempt cannot be held."""

    draw: Annotated[int, DRAW]
    reason: Annotated[str, Length(1, 200)]
    winner: Annotated[int, Between(0, 100_000)] | None = None


@endpoint(body=RedrawBody, permission="draws:conduct", keyed=True)
def handler(request: Request[RedrawBody]) -> Ok[DrawReply]:
    """Answer with the draw as it stands now."""
    command = Redraw(
        actor=request.actor,
        raffle_id=RaffleId(request.path_id("raffle_id")),
        draw=request.body.draw,
        winner=request.body.winner,
        reason=request.body.reason,
        request=request.idempotency_key,
    )
    return Ok(DrawReply.of(redraw(command, services())))
