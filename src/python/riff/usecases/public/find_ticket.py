"""Find a ticket by what its holder has.  Part of showing and proving it."""

import attrs

from riff.domain.identifiers import RaffleId
from riff.domain.raffles.raffle import Raffle, RaffleKeys
from riff.domain.sales.ticket import Ticket, ticket_of
from riff.errors import NotFoundError
from riff.ports.stores import Work
from riff.usecases.public.show_raffle import visible_raffle
from riff.usecases.sales.read_ticket import read_ticket


@attrs.frozen
class FoundTicket:
    """A ticket with the raffle that it is for, and the raffle's secrets."""

    raffle: Raffle
    keys: RaffleKeys = attrs.field(repr=False)
    ticket: Ticket


def find_ticket(raffle_id: RaffleId, text: str, work: Work) -> FoundTicket:
    """The ticket of a validation number; the order's name finds none, since staff know it and hold no ticket.

    Args:
        raffle_id: the raffle.
        text: the validation number as printed or typed.
        work: the caller's transaction.

    Raises:
        MisreadTicketError: it is none; it must be read again.
        NotFoundError: there is no such raffle or ticket.
    """
    raffle = visible_raffle(raffle_id, work)
    keys = work.raffles.keys(raffle.id)
    read = read_ticket(text, raffle.id, keys, work)
    if read is None:
        raise NotFoundError("There is no such ticket.")
    return FoundTicket(raffle, keys, ticket_of(read.order, raffle, keys, work.orders.void_of(read.order.id)))
