"""POST /staff/raffles/{raffle_id}/draws: hold a draw, once."""

from typing import Annotated

import attrs

from riff.domain.identifiers import RaffleId
from riff.handlers._runtime.http import Ok, Request, endpoint
from riff.handlers._runtime.limits import Length
from riff.handlers.draws._draw import DRAW, DrawReply
from riff.usecases.draws.start_draw import StartDraw, start_draw
from riff.wiring import services


@attrs.frozen
class StartDrawBody:
    """Which draw is held; and, where the planned mode cannot be had, why."""

    draw: Annotated[int, DRAW]
    fallback_reason: Annotated[str, Length(1, 200)] | None = None


@endpoint(body=StartDrawBody, permission="draws:conduct", keyed=True)
def handler(request: Request[StartDrawBody]) -> Ok[DrawReply]:
    """Answer with the draw, drawn unless it waits for a person."""
    command = StartDraw(
        actor=request.actor,
        raffle_id=RaffleId(request.path_id("raffle_id")),
        draw=request.body.draw,
        fallback_reason=request.body.fallback_reason,
        request=request.idempotency_key,
    )
    return Ok(DrawReply.of(start_draw(command, services())))
