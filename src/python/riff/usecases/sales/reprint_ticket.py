"""Print a ticket again: the copy says that it is one, and every copy is counted (GLI-31 2.3.2)."""

import attrs

from riff.domain.accounts.actor import Actor
from riff.domain.audit.event_catalogue import EventKind
from riff.domain.checkout.checkout import RequestKey
from riff.domain.identifiers import OrderId, StreamId
from riff.domain.sales.reprint import Reprint
from riff.domain.sales.ticket import Ticket, ticket_of
from riff.errors import AlreadyVoidedError
from riff.ports.services import Services


@attrs.frozen
class ReprintTicket:
    """Whose ticket `actor` wants printed again.

    Attributes:
        actor: a member of staff.
        order_id: the order.
        reason: why.
        request: recognises the retries of the member of staff.
    """

    actor: Actor
    order_id: OrderId
    reason: str
    request: RequestKey


@attrs.frozen
class ReprintedTicket:
    """A ticket as it is printed again, with the number of the copy."""

    ticket: Ticket
    reprint: Reprint


def reprint_ticket(command: ReprintTicket, services: Services) -> ReprintedTicket:
    """The ticket with the next copy's number, once that is on record; a request that has one gets it again.

    Raises:
        NotFoundError, NotPermittedError: no such order with numbers, or the actor may not print its ticket.
        KeyReusedError: the key belongs to another request.
        AlreadyVoidedError: the order is void, and there is no ticket to print.
    """
    now = services.clock.now()
    with services.transactions.begin() as work:
        order = work.orders.get(command.order_id)
        # Copies of a raffle are counted one at a time.
        raffle = work.raffles.lock(order.raffle_id)
        command.actor.require("orders:reprint", raffle.organization_id)
        keys, void = work.raffles.keys(raffle.id), work.orders.void_of(order.id)
        known = work.order_book.reprint_by(command.request)
        if known is not None:
            # Only the copy is stored; its ticket is made anew, and tells of a void that came since.
            return ReprintedTicket(ticket_of(order, raffle, keys, void), known)
        if void is not None:
            raise AlreadyVoidedError("The order is void; it has no ticket.", order=str(order.id))
        copy = len(work.order_book.reprints(order.id)) + 1
        reprint = Reprint(order.id, copy, command.reason, command.actor.label, now)
        work.order_book.add_reprint(reprint, command.request)
        work.events.append(
            StreamId(raffle.id),
            EventKind.TICKET_REPRINTED,
            now,
            command.actor.label,
            {"order": str(order.id), "copy": copy, "reason": command.reason},
        )
        return ReprintedTicket(ticket_of(order, raffle, keys), reprint)
