"""POST /staff/raffles/{raffle_id}/packages/{package_id}/prices: change a price during the sales."""

from typing import Annotated

import attrs

from riff.domain.identifiers import PackageId, RaffleId
from riff.domain.raffles.package import MOST_PRICE_MINOR
from riff.handlers._runtime.http import Ok, Request, endpoint
from riff.handlers._runtime.limits import Between, Length
from riff.handlers._runtime.shapes.prices import PriceHistoryReply
from riff.usecases.raffles.change_price import ChangePrice, change_price
from riff.wiring import services


@attrs.frozen
class ChangePriceBody:
    """What the package is to cost, and why."""

    price_minor: Annotated[int, Between(1, MOST_PRICE_MINOR)]
    reason: Annotated[str, Length(1, 500)]


@endpoint(body=ChangePriceBody, permission="raffles:price", idempotent=True)
def handler(request: Request[ChangePriceBody]) -> Ok[PriceHistoryReply]:
    """Answer with the whole history of the package's price."""
    command = ChangePrice(
        actor=request.actor,
        raffle_id=RaffleId(request.path_id("raffle_id")),
        package_id=PackageId(request.path_id("package_id")),
        price_minor=request.body.price_minor,
        reason=request.body.reason,
    )
    changed = change_price(command, services())
    return Ok(PriceHistoryReply.of(changed.package, changed.raffle))
