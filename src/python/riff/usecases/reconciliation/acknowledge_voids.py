"""Acknowledge the list of voids: no winning number is accepted before (GLI-31 2.6.3)."""

import attrs

from riff.domain.accounts.actor import Actor
from riff.domain.audit.event_catalogue import EventKind
from riff.domain.identifiers import RaffleId, StreamId
from riff.domain.reconciliation.accounts import Acknowledgement
from riff.domain.reconciliation.reconciliation import Reconciliation
from riff.domain.reconciliation.refusals import VoidsChangedError
from riff.ports.services import Services
from riff.usecases.reconciliation.account import account, begun


@attrs.frozen
class AcknowledgeVoids:
    """What the event manager `actor` has seen.

    Attributes:
        actor: who acknowledges.
        raffle_id: the raffle.
        voids: how many orders are void.
        requests: how many requests of units are open, and are declined hereby.
    """

    actor: Actor
    raffle_id: RaffleId
    voids: int
    requests: int


def acknowledge_voids(command: AcknowledgeVoids, services: Services) -> Reconciliation:
    """The accounts with the acknowledgement in them; a later void needs another one.

    Raises:
        NotFoundError, NotPermittedError: no such raffle, or the actor may not decide.
        StateRefusesError: sales have not ended, or the raffle is reconciled already.
        VoidsChangedError: the list is not the one that the actor has seen.
    """
    now = services.clock.now()
    with services.transactions.begin() as work:
        raffle = work.raffles.lock(command.raffle_id)
        command.actor.require("reconciliation:decide", raffle.organization_id)
        raffle = begun(raffle, command.actor, now, work)
        found = work.reconciliation.voids(raffle.id)
        if (found.voids, found.requests) != (command.voids, command.requests):
            raise VoidsChangedError("Look at the list again.", voids=found.voids, requests=found.requests)
        work.reconciliation.acknowledge_voids(
            raffle.id, Acknowledgement(found.voids, found.requests, command.actor.label, now)
        )
        work.events.append(
            StreamId(raffle.id),
            EventKind.VOIDS_ACKNOWLEDGED,
            now,
            command.actor.label,
            {"voids": found.voids, "declined_requests": found.requests},
        )
        return account(raffle, work)
