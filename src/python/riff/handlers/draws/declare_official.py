"""POST /staff/raffles/{raffle_id}/official-results: declare the result of a draw official."""

from typing import Annotated

import attrs

from riff.domain.identifiers import RaffleId
from riff.handlers._runtime.http import Ok, Request, endpoint
from riff.handlers.draws._draw import DRAW, DrawReply
from riff.usecases.draws.declare_official import DeclareOfficial, declare_official
from riff.wiring import services


@attrs.frozen
class DeclareOfficialBody:
    """Which draw's result becomes official."""

    draw: Annotated[int, DRAW]


@endpoint(body=DeclareOfficialBody, permission="draws:confirm", idempotent=True)
def handler(request: Request[DeclareOfficialBody]) -> Ok[DrawReply]:
    """Answer with the draw, official."""
    command = DeclareOfficial(request.actor, RaffleId(request.path_id("raffle_id")), request.body.draw)
    return Ok(DrawReply.of(declare_official(command, services())))
