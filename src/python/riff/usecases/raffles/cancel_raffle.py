"""Cancel a raffle: nothing is drawn, and every buyer's money is owed back."""

import attrs

from riff.domain.accounts.actor import Actor
from riff.domain.audit.event_catalogue import EventKind
from riff.domain.identifiers import RaffleId, StreamId
from riff.domain.raffles.raffle import Raffle
from riff.ports.services import Services
from riff_critical.lifecycle import Guard, RaffleEvent


@attrs.frozen
class CancelRaffle:
    """Which raffle `actor` wants to cancel, and why."""

    actor: Actor
    raffle_id: RaffleId
    reason: str


def cancel_raffle(command: CancelRaffle, services: Services) -> Raffle:
    """End the raffle for good: once this has committed, nothing is sold, and the event states what is owed.

    Orders that were paid online are refunded by `refund_cancelled_orders`, batch by batch; what was paid at a
    counter is refunded there, order by order.

    Raises:
        NotFoundError, NotPermittedError: no such raffle, or the actor may not cancel it.
        StateRefusesError: it is being drawn, or has ended.
    """
    now = services.clock.now()
    with services.transactions.begin() as work:
        raffle = work.raffles.lock(command.raffle_id)
        command.actor.require("raffles:cancel", raffle.organization_id)
        state = raffle.after(RaffleEvent.CANCEL, {Guard.REASON_GIVEN})
        cancelled = attrs.evolve(state, closed_at=raffle.closed_at or now)
        work.blocks.stop(raffle.id)
        work.raffles.update(cancelled)
        sales = work.blocks.subtotal(raffle.id)
        work.events.append(
            StreamId(raffle.id),
            EventKind.RAFFLE_CANCELLED,
            now,
            command.actor.label,
            {
                "reason": command.reason,
                "orders": sales.orders - sales.voided_orders,
                "owed": sales.subtotal.valid_cents,
            },
        )
        return cancelled
