"""Sales in which a person takes the money, as replies show them."""

from typing import Self
from uuid import UUID

import attrs

from riff.domain.sales.attended_sale import AttendedSale, Tender
from riff.domain.sales.ticket import Ticket
from riff.handlers._runtime.shapes.money import MoneyReply
from riff.handlers._runtime.shapes.order import TicketReply
from riff_critical.selling import Channel


@attrs.frozen
class AttendedSaleReply:
    """A sale in which a person took the money; `cash_of` names whose cash it is counted with."""

    order_id: UUID
    raffle_id: UUID
    package_id: UUID
    channel: Channel
    price: MoneyReply
    tender: Tender
    cash_of: str
    reason: str | None
    ticket: TicketReply

    @classmethod
    def of(cls, ticket: Ticket, sale: AttendedSale) -> Self:
        """The sale with its ticket, ready to print."""
        order = ticket.order
        return cls(
            order_id=order.id,
            raffle_id=order.raffle_id,
            package_id=order.package_id,
            channel=order.channel,
            price=MoneyReply.of(order.price),
            tender=sale.tender,
            cash_of=sale.seller,
            reason=sale.reason,
            ticket=TicketReply.of(ticket),
        )
