"""POST /raffles/{raffle_id}/orders: buy a package."""

from typing import Annotated
from uuid import UUID

import attrs

from riff.domain.checkout.checkout import Buyer
from riff.domain.identifiers import PackageId, RaffleId
from riff.domain.raffles.package import MOST_PRICE_MINOR
from riff.handlers._runtime.http import Created, Request, endpoint
from riff.handlers._runtime.limits import Between, Length, Matches
from riff.handlers._runtime.shapes.order import OnlineOrderReply
from riff.usecases.checkout.create_online_order import CreateOnlineOrder, create_online_order
from riff.usecases.checkout.gates import Declared
from riff.wiring import services


@attrs.frozen
class BuyerBody:
    """Whom the ticket is sent to."""

    name: Annotated[str, Length(1, 120)] = attrs.field(repr=False)
    email: Annotated[str, Length(3, 254), Matches(r"[^@\s]+@[^@\s]+\.[^@\s]+", "a mail address")] = (
        attrs.field(repr=False)
    )


@attrs.frozen
class CreateOnlineOrderBody:
    """What is bought, by whom, and how it is paid."""

    package_id: UUID
    buyer: BuyerBody
    payment_method: Annotated[str, Matches("[A-Za-z0-9_]{1,64}", "the name of a means of payment")]
    price_minor: Annotated[int, Between(1, MOST_PRICE_MINOR)] | None = None
    age_confirmed: bool = False
    location_evidence: Annotated[str, Length(1, 4000)] | None = attrs.field(default=None, repr=False)


@endpoint(body=CreateOnlineOrderBody, keyed=True)
def handler(request: Request[CreateOnlineOrderBody]) -> Created[OnlineOrderReply]:
    """Answer with the order as it stands after the payment was tried."""
    body = request.body
    command = CreateOnlineOrder(
        actor=request.actor,
        raffle_id=RaffleId(request.path_id("raffle_id")),
        package_id=PackageId(body.package_id),
        buyer=Buyer(body.buyer.name, body.buyer.email),
        payment_method=body.payment_method,
        request=request.idempotency_key,
        declared=Declared(body.age_confirmed, body.location_evidence),
        seen_price_minor=body.price_minor,
    )
    order = create_online_order(command, services())
    reply = OnlineOrderReply.of(order.checkout, order.ticket, order.client_secret, order.access_token)
    return Created(reply, location=f"/orders/{order.checkout.id}")
