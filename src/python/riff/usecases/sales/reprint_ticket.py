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
from riff.ports.stores import Work


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
        known = _reprinted_before(command.request, work)
        if known is not None:
            return known
        if work.orders.void_of(order.id) is not None:
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
        return ReprintedTicket(ticket_of(order, raffle, work.raffles.keys(raffle.id)), reprint)


def _reprinted_before(request: RequestKey, work: Work) -> ReprintedTicket | None:
    """The copy that this request has made, its ticket made anew from what is stored; None if it has not."""
    reprint = work.order_book.reprint_by(request)
    if reprint is None:
        return None
    order = work.orders.get(reprint.order_id)
    raffle, void = work.raffles.get(order.raffle_id), work.orders.void_of(order.id)
    return ReprintedTicket(ticket_of(order, raffle, work.raffles.keys(raffle.id), void), reprint)
