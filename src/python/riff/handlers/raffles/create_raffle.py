"""POST /staff/raffles: create a raffle."""

from typing import Annotated
from uuid import UUID

import attrs

from riff.domain.identifiers import OrganizationId
from riff.domain.money import MOST_MINOR
from riff.domain.raffles.raffle import MOST_SLOTS, NumberingKind
from riff.domain.raffles.window import SalesWindow
from riff.handlers._runtime.http import Created, Request, endpoint
from riff.handlers._runtime.limits import Between, Items, Length, Matches
from riff.handlers._runtime.shapes.raffle import RaffleAdminReply, RangeBody
from riff.usecases.raffles.create_raffle import CreateRaffle, create_raffle
from riff.wiring import services
from riff_critical.selling import Channel


@attrs.frozen
class CreateRaffleBody:
    """What is decided when a raffle is created."""

    organization_id: UUID
    name: Annotated[str, Length(1, 120)]
    sales_window: SalesWindow
    numbering: NumberingKind
    ranges: Annotated[tuple[RangeBody, ...], Items(1, len(Channel))]
    rule_profile: Annotated[str, Matches("[a-z][a-z0-9-]{0,63}", "the name of a rule profile")]
    first_number: Annotated[int, Between(0, MOST_SLOTS)] = 1
    sales_cap_minor: Annotated[int, Between(1, MOST_MINOR)] | None = None


@endpoint(body=CreateRaffleBody, permission="raffles:configure", idempotent=True)
def handler(request: Request[CreateRaffleBody]) -> Created[RaffleAdminReply]:
    """Answer with the new raffle, a draft."""
    body = request.body
    command = CreateRaffle(
        actor=request.actor,
        organization_id=OrganizationId(body.organization_id),
        name=body.name,
        window=body.sales_window,
        numbering=body.numbering,
        first_number=body.first_number,
        range_sizes=[(part.channel, part.size) for part in body.ranges],
        rule_profile=body.rule_profile,
        sales_cap_minor=body.sales_cap_minor,
    )
    raffle = create_raffle(command, services())
    return Created(RaffleAdminReply.of(raffle), location=f"/staff/raffles/{raffle.id}")
