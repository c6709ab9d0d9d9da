"""Show the holder of a ticket what it is worth: valid, voided, or a winner."""

import attrs

from riff.domain.draws.claim import Claim
from riff.domain.identifiers import RaffleId
from riff.domain.raffles.prize import Prize
from riff.domain.sales.ticket import numbering_of
from riff.ports.services import Services
from riff.ports.stores import Work
from riff.usecases.public.find_ticket import FoundTicket, find_ticket


@attrs.frozen
class ShowTicket:
    """Which ticket, by its validation number as printed or typed."""

    raffle_id: RaffleId
    validation_number: str = attrs.field(repr=False)


@attrs.frozen
class Win:
    """A prize that the ticket has won, officially.

    Attributes:
        prize: what it is.
        number: the draw number that won it.
        claim: this winner's part of it, and whether it was claimed.
    """

    prize: Prize
    number: int
    claim: Claim


@attrs.frozen
class TicketView:
    """A ticket and what it has won; nothing counts as won before the result is official."""

    found: FoundTicket
    wins: tuple[Win, ...]


def show_ticket(query: ShowTicket, services: Services) -> TicketView:
    """The ticket.

    Raises:
        MisreadTicketError: the validation number must be read again.
        NotFoundError: there is no such raffle or ticket.
    """
    with services.transactions.begin() as work:
        found = find_ticket(query.raffle_id, query.validation_number, work)
        return TicketView(found, _wins(found, work))


def _wins(found: FoundTicket, work: Work) -> tuple[Win, ...]:
    order = found.ticket.order
    claims = [claim for claim in work.claims.of_raffle(found.raffle.id) if claim.order_id == order.id]
    if not claims:
        return ()
    prizes = {prize.id: prize for prize in work.raffles.prizes(found.raffle.id)}
    numbering = numbering_of(found.raffle, found.keys)
    return tuple(Win(prizes[claim.prize_id], numbering.number(claim.slot), claim) for claim in claims)
