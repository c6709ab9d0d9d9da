"""Let a suspended raffle sell again."""

import attrs

from riff.domain.accounts.actor import Actor
from riff.domain.audit.event_catalogue import EventKind
from riff.domain.identifiers import RaffleId, StreamId
from riff.domain.raffles.raffle import Raffle
from riff.errors import SalesClosedError
from riff.ports.services import Services
from riff_critical.lifecycle import Guard, RaffleEvent


@attrs.frozen
class ResumeRaffle:
    """Which raffle `actor` wants to sell again, and why it may."""

    actor: Actor
    raffle_id: RaffleId
    reason: str


def resume_raffle(command: ResumeRaffle, services: Services) -> Raffle:
    """Open every block again that the suspension stopped; blocks that were closed for good stay closed.

    Raises:
        NotFoundError, NotPermittedError: no such raffle, or the actor may not resume it.
        StateRefusesError: the raffle is not suspended.
        SalesClosedError: its sales window has ended meanwhile.
    """
    now = services.clock.now()
    with services.transactions.begin() as work:
        raffle = work.raffles.lock(command.raffle_id)
        command.actor.require("raffles:suspend", raffle.organization_id)
        active = raffle.after(RaffleEvent.RESUME, {Guard.REASON_GIVEN})
        if raffle.window.closes_at <= now:
            raise SalesClosedError("The sales window has ended.", state=raffle.state.value)
        work.blocks.unpause(raffle.id)
        work.raffles.update(active)
        work.events.append(
            StreamId(raffle.id),
            EventKind.RAFFLE_RESUMED,
            now,
            command.actor.label,
            {"reason": command.reason},
        )
        return active
