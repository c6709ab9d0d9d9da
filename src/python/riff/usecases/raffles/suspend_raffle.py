"""Suspend the sales of a raffle for a while."""

import attrs

from riff.domain.accounts.actor import Actor
from riff.domain.audit.event_catalogue import EventKind
from riff.domain.identifiers import RaffleId, StreamId
from riff.domain.raffles.raffle import Raffle
from riff.ports.services import Services
from riff_critical.lifecycle import Guard, RaffleEvent


@attrs.frozen
class SuspendRaffle:
    """Which raffle `actor` wants to stop selling for now, and why."""

    actor: Actor
    raffle_id: RaffleId
    reason: str


def suspend_raffle(command: SuspendRaffle, services: Services) -> Raffle:
    """Stop the sales: once this has committed, no block of the raffle sells until it is resumed.

    The window goes on: what is due to close closes.  An online payment that becomes known meanwhile is
    returned, as after a close.

    Raises:
        NotFoundError, NotPermittedError: no such raffle, or the actor may not suspend it.
        StateRefusesError: the raffle is not active.
    """
    now = services.clock.now()
    with services.transactions.begin() as work:
        raffle = work.raffles.lock(command.raffle_id)
        command.actor.require("raffles:suspend", raffle.organization_id)
        suspended = raffle.after(RaffleEvent.SUSPEND, {Guard.REASON_GIVEN})
        work.blocks.pause(raffle.id)
        work.raffles.update(suspended)
        work.events.append(
            StreamId(raffle.id),
            EventKind.RAFFLE_SUSPENDED,
            now,
            command.actor.label,
            {"reason": command.reason},
        )
        return suspended
