"""Online orders and their tickets as replies show them."""

from datetime import datetime
from typing import Self
from uuid import UUID

import attrs

from riff.domain.checkout.checkout import Checkout, Failure, RefundState
from riff.domain.sales.ticket import Ticket
from riff.handlers._runtime.shapes.money import MoneyReply
from riff_critical.lifecycle import OrderState


@attrs.frozen
class TicketReply:
    """What the buyer holds.

    Attributes:
        numbers: draw numbers, in the order of their slots.
        validation_number: proves the ticket.
        sold_at: when the numbers came into being.
        voided_at: since when it takes part in no draw; left out while it is valid.
    """

    numbers: tuple[int, ...]
    validation_number: str = attrs.field(repr=False)
    sold_at: datetime
    voided_at: datetime | None

    @classmethod
    def of(cls, ticket: Ticket) -> Self:
        """The ticket, without what concerns the seller alone."""
        return cls(
            numbers=ticket.numbers,
            validation_number=ticket.validation_number,
            sold_at=ticket.order.sold_at,
            voided_at=None if ticket.void is None else ticket.void.voided_at,
        )


@attrs.frozen
class OnlineOrderReply:
    """An online order; the buyer's name and address are not repeated to whoever knows the order's name.

    Attributes:
        failure: why it failed; left out unless it did.
        refund: whether money is owed back, or was returned.
        payment_client_secret: what the browser needs to go on with the payment at the processor; left out
            where it needs nothing.
        access_token: what opens the ticket to the buyer later; told to whoever makes the order, else left
            out.
        ticket: left out until there is one, and for whoever does not prove to be the buyer.
    """

    id: UUID
    raffle_id: UUID
    package_id: UUID
    state: OrderState
    failure: Failure | None
    numbers: int
    price: MoneyReply
    refund: RefundState
    opened_at: datetime
    expires_at: datetime
    payment_client_secret: str | None = attrs.field(repr=False)
    access_token: str | None = attrs.field(repr=False)
    ticket: TicketReply | None

    @classmethod
    def of(
        cls,
        checkout: Checkout,
        ticket: Ticket | None,
        client_secret: str | None = None,
        access_token: str | None = None,
    ) -> Self:
        """The order, with its ticket once it has one."""
        return cls(
            id=checkout.id,
            raffle_id=checkout.raffle_id,
            package_id=checkout.package_id,
            state=checkout.state,
            failure=checkout.failure,
            numbers=checkout.numbers,
            price=MoneyReply.of(checkout.price),
            refund=checkout.refund,
            opened_at=checkout.opened_at,
            expires_at=checkout.expires_at,
            payment_client_secret=client_secret,
            access_token=access_token,
            ticket=None if ticket is None else TicketReply.of(ticket),
        )
