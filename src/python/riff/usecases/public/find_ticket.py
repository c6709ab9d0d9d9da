"""Find a ticket by what its holder has.  Part of showing and proving it."""

from uuid import UUID

import attrs

from riff.domain.identifiers import OrderId, RaffleId
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


def find_ticket(raffle_id: RaffleId, reference: UUID | str, work: Work) -> FoundTicket:
    """The ticket that a reference names.

    Args:
        raffle_id: the raffle.
        reference: the order's name, which nobody can guess, or the validation number as printed or typed.
        work: the caller's transaction.

    Raises:
        MisreadTicketError: it is neither; it must be read again.
        NotFoundError: there is no such raffle or ticket.
    """
    raffle = visible_raffle(raffle_id, work)
    keys = work.raffles.keys(raffle.id)
    if isinstance(reference, UUID):
        order = work.orders.get(OrderId(reference))
    else:
        read = read_ticket(reference, raffle.id, keys, work)
        if read is None:
            raise NotFoundError("There is no such ticket.")
        order = read.order
    if order.raffle_id != raffle.id:
        raise NotFoundError("There is no such ticket.")
    return FoundTicket(raffle, keys, ticket_of(order, raffle, keys, work.orders.void_of(order.id)))
