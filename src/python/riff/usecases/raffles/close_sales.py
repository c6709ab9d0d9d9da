"""Close the sales of a raffle before their scheduled end."""

import attrs

from riff.domain.accounts.actor import Actor
from riff.domain.audit.event_catalogue import EventKind
from riff.domain.identifiers import RaffleId, StreamId
from riff.domain.raffles.raffle import Raffle
from riff.ports.services import Services
from riff_critical.lifecycle import RaffleEvent


@attrs.frozen
class CloseSales:
    """Which raffle `actor` wants to stop selling, and why now."""

    actor: Actor
    raffle_id: RaffleId
    reason: str


def close_sales(command: CloseSales, services: Services) -> Raffle:
    """End the sales: once this has committed, no block of the raffle sells.

    Raises:
        NotFoundError, NotPermittedError: no such raffle, or the actor may not close its sales.
        StateRefusesError: the raffle is neither active nor suspended.
    """
    now = services.clock.now()
    with services.transactions.begin() as work:
        raffle = work.raffles.lock(command.raffle_id)
        command.actor.require("raffles:close", raffle.organization_id)
        closed = attrs.evolve(raffle.after(RaffleEvent.CLOSE_SALES), closed_at=now)
        work.blocks.stop(raffle.id)
        work.raffles.update(closed)
        sales = work.blocks.subtotal(raffle.id)
        work.events.append(
            StreamId(raffle.id),
            EventKind.SALES_CLOSED,
            now,
            command.actor.label,
            {
                "reason": command.reason,
                "orders": sales.orders,
                "numbers": sales.subtotal.sold_slots,
                "sold": sales.subtotal.sold_cents,
            },
        )
        return closed
