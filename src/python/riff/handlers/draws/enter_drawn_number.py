"""POST /staff/raffles/{raffle_id}/drawn-numbers: enter a counterfoil that was drawn by hand."""

from typing import Annotated

import attrs

from riff.domain.identifiers import RaffleId
from riff.handlers._runtime.http import Ok, Request, endpoint
from riff.handlers._runtime.limits import Between, Length
from riff.handlers.draws._draw import DRAW, DrawReply
from riff.usecases.draws.enter_drawn_number import EnterDrawnNumber, enter_drawn_number
from riff.wiring import services


@attrs.frozen
class EnterDrawnNumberBody:
    """What stands on the counterfoil."""

    draw: Annotated[int, DRAW]
    number: Annotated[int, Between(0, 2_000_000_000)]
    validation_number: Annotated[str, Length(1, 40)]


@endpoint(body=EnterDrawnNumberBody, permission="draws:conduct", idempotent=True)
def handler(request: Request[EnterDrawnNumberBody]) -> Ok[DrawReply]:
    """Answer with how far the draw has come."""
    command = EnterDrawnNumber(
        actor=request.actor,
        raffle_id=RaffleId(request.path_id("raffle_id")),
        draw=request.body.draw,
        number=request.body.number,
        validation_number=request.body.validation_number,
    )
    return Ok(DrawReply.of(enter_drawn_number(command, services())))
