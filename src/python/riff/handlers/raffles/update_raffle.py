"""PUT /staff/raffles/{raffle_id}: decide anew what was decided at the raffle's creation."""

from typing import Annotated

import attrs

from riff.domain.identifiers import RaffleId
from riff.domain.money import MOST_MINOR
from riff.domain.raffles.raffle import MOST_SLOTS, NumberingKind
from riff.domain.raffles.window import SalesWindow
from riff.handlers._runtime.http import Ok, Request, endpoint
from riff.handlers._runtime.limits import Between, Length, Matches
from riff.handlers._runtime.shapes.raffle import RaffleAdminReply
from riff.usecases.raffles.update_raffle import UpdateRaffle, update_raffle
from riff.wiring import services


@attrs.frozen
class UpdateRaffleBody:
    """All that was decided at creation, but organization and ranges."""

    name: Annotated[str, Length(1, 120)]
    sales_window: SalesWindow
    numbering: NumberingKind
    rule_profile: Annotated[str, Matches("[a-z][a-z0-9-]{0,63}", "the name of a rule profile")]
    first_number: Annotated[int, Between(0, MOST_SLOTS)] = 1
    sales_cap_minor: Annotated[int, Between(1, MOST_MINOR)] | None = None


@endpoint(body=UpdateRaffleBody, permission="raffles:configure", idempotent=True)
def handler(request: Request[UpdateRaffleBody]) -> Ok[RaffleAdminReply]:
    """Answer with the raffle as it is now."""
    body = request.body
    command = UpdateRaffle(
        actor=request.actor,
        raffle_id=RaffleId(request.path_id("raffle_id")),
        name=body.name,
        window=body.sales_window,
        numbering=body.numbering,
        first_number=body.first_number,
        rule_profile=body.rule_profile,
        sales_cap_minor=body.sales_cap_minor,
    )
    return Ok(RaffleAdminReply.of(update_raffle(command, services())))
