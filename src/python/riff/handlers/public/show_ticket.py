"""GET /raffles/{raffle_id}/tickets/{ticket}: what a ticket is worth."""

from datetime import datetime
from typing import Self
from uuid import UUID

import attrs

from riff.domain.identifiers import RaffleId
from riff.domain.raffles.prize import DrawKind
from riff.handlers._runtime.http import Ok, Request, endpoint
from riff.handlers._runtime.shapes.money import MoneyReply
from riff.usecases.public.show_ticket import ShowTicket, TicketView, Win, show_ticket
from riff.wiring import services
from riff_critical.lifecycle import ClaimState, OrderState


@attrs.frozen
class WinReply:
    """A prize that the ticket has won."""

    prize: str
    kind: DrawKind
    number: int
    amount: MoneyReply
    claim: ClaimState
    claim_until: datetime | None

    @classmethod
    def of(cls, win: Win) -> Self:
        """The prize and this ticket's part of it."""
        claim = win.claim
        money = MoneyReply.of(claim.amount)
        return cls(win.prize.name, win.prize.draw, win.number, money, claim.state, claim.expires_at)


@attrs.frozen
class TicketPageReply:
    """A ticket: paid while it is valid, else voided or refunded; and what it has won officially."""

    raffle_id: UUID
    raffle: str
    state: OrderState
    numbers: tuple[int, ...]
    price: MoneyReply
    sold_at: datetime
    voided_at: datetime | None
    wins: tuple[WinReply, ...]

    @classmethod
    def of(cls, view: TicketView) -> Self:
        """The ticket, without the number that proves whose it is."""
        raffle, ticket = view.found.raffle, view.found.ticket
        return cls(
            raffle_id=raffle.id,
            raffle=raffle.name,
            state=OrderState.PAID if ticket.void is None else ticket.void.state,
            numbers=ticket.numbers,
            price=MoneyReply.of(ticket.order.price),
            sold_at=ticket.order.sold_at,
            voided_at=None if ticket.void is None else ticket.void.voided_at,
            wins=tuple(map(WinReply.of, view.wins)),
        )


@endpoint()
def handler(request: Request[None]) -> Ok[TicketPageReply]:
    """Answer with the ticket."""
    query = ShowTicket(RaffleId(request.path_id("raffle_id")), request.path_name("ticket"))
    return Ok(TicketPageReply.of(show_ticket(query, services())))
