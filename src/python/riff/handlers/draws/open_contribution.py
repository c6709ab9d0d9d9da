"""POST /staff/raffles/{raffle_id}/contributions: open what a party was committed to."""

from datetime import datetime
from typing import Annotated

import attrs

from riff.domain.draws.instants import from_milliseconds
from riff.domain.identifiers import RaffleId
from riff.handlers._runtime.http import Ok, Request, endpoint
from riff.handlers._runtime.limits import Matches
from riff.handlers.draws._draw import ATTEMPT, DRAW, PARTY
from riff.usecases.draws.open_contribution import OpenContribution, open_contribution
from riff.wiring import services

VALUE = Matches("([0-9a-f]{2}){32,64}", "32 to 64 bytes in hexadecimal")


@attrs.frozen
class OpenContributionBody:
    """A party's contribution to one attempt."""

    party: Annotated[str, PARTY]
    draw: Annotated[int, DRAW]
    attempt: Annotated[int, ATTEMPT]
    value: Annotated[str, VALUE]


@attrs.frozen
class OpenedContributionReply:
    """A contribution that is open."""

    party: str
    draw: int
    attempt: int
    opened_at: datetime


@endpoint(body=OpenContributionBody, permission="draws:conduct", idempotent=True)
def handler(request: Request[OpenContributionBody]) -> Ok[OpenedContributionReply]:
    """Answer with the instant from which it is open."""
    body = request.body
    command = OpenContribution(
        request.actor,
        RaffleId(request.path_id("raffle_id")),
        body.party,
        body.draw,
        body.attempt,
        bytes.fromhex(body.value),
    )
    opened_at = from_milliseconds(open_contribution(command, services()).opened_at)
    return Ok(OpenedContributionReply(body.party, body.draw, body.attempt, opened_at))
