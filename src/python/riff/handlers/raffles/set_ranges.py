"""PUT /staff/raffles/{raffle_id}/ranges: divide the number space of a raffle that is not yet active."""

from typing import Annotated

import attrs

from riff.domain.identifiers import RaffleId
from riff.handlers._runtime.http import Ok, Request, endpoint
from riff.handlers._runtime.limits import Items
from riff.handlers._runtime.shapes.raffle import RaffleAdminReply, RangeBody
from riff.usecases.raffles.set_ranges import SetRanges, set_ranges
from riff.wiring import services
from riff_critical.selling import Channel


@attrs.frozen
class SetRangesBody:
    """All ranges, in the order in which they lie in the number space."""

    ranges: Annotated[tuple[RangeBody, ...], Items(1, len(Channel))]


@endpoint(body=SetRangesBody, permission="raffles:configure", idempotent=True)
def handler(request: Request[SetRangesBody]) -> Ok[RaffleAdminReply]:
    """Answer with the raffle and its ranges."""
    command = SetRanges(
        actor=request.actor,
        raffle_id=RaffleId(request.path_id("raffle_id")),
        range_sizes=[(part.channel, part.size) for part in request.body.ranges],
    )
    return Ok(RaffleAdminReply.of(set_ranges(command, services())))
