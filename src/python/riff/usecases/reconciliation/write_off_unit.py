"""Write a sales unit off: the raffle goes on without what it may have sold and never handed in."""

import attrs

from riff.domain.accounts.actor import Actor
from riff.domain.audit.event_catalogue import EventKind
from riff.domain.identifiers import EnrolmentId, RaffleId, StreamId
from riff.domain.reconciliation.accounts import WriteOff
from riff.domain.reconciliation.reconciliation import Reconciliation
from riff.domain.reconciliation.refusals import NothingToWriteOffError
from riff.errors import NotFoundError
from riff.ports.services import Services
from riff.usecases.reconciliation.account import account, begun
from riff_critical.lifecycle import RaffleState


@attrs.frozen
class WriteOffUnit:
    """Which enrolment of a raffle `actor` gives up, and why."""

    actor: Actor
    raffle_id: RaffleId
    enrolment_id: EnrolmentId
    reason: str


def write_off_unit(command: WriteOffUnit, services: Services) -> Reconciliation:
    """The accounts with the decision in them.

    A raffle that was cancelled is not reconciled, but what its units may have sold is decided there too.

    Raises:
        NotFoundError, NotPermittedError: no such raffle or enrolment, or the actor may not decide.
        StateRefusesError: sales have not ended, or the raffle is reconciled already and was not cancelled.
        NothingToWriteOffError: the unit has handed in everything.
        AlreadyWrittenOffError: it was decided before.
    """
    now = services.clock.now()
    with services.transactions.begin() as work:
        raffle = work.raffles.lock(command.raffle_id)
        command.actor.require("reconciliation:decide", raffle.organization_id)
        enrolment = work.units.enrolment(command.enrolment_id)
        if enrolment.raffle_id != raffle.id:
            raise NotFoundError("There is no such enrolment.")
        if raffle.state is not RaffleState.CANCELLED:
            raffle = begun(raffle, command.actor, now, work)
        if enrolment.closed_at is not None:
            raise NothingToWriteOffError("The unit has handed in everything.")
        work.reconciliation.write_off(WriteOff(enrolment.id, command.reason, command.actor.label, now))
        work.events.append(
            StreamId(raffle.id),
            EventKind.UNIT_WRITTEN_OFF,
            now,
            command.actor.label,
            {"enrolment": str(enrolment.id), "unit": str(enrolment.unit_id), "reason": command.reason},
        )
        return account(raffle, work)
