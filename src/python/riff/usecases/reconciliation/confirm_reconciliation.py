"""Confirm that every sale, void, payment and unit is accounted for (GLI-31 2.6.1).

Where the rule profile wants two persons, the first one's word is kept with the figures that it is about, and
another person's word about the same figures completes it.
"""

from datetime import datetime

import attrs

from riff.domain.accounts.actor import Actor
from riff.domain.audit.event_catalogue import EventKind
from riff.domain.audit.significant_event import Fact
from riff.domain.identifiers import RaffleId, StreamId
from riff.domain.reconciliation.accounts import Confirmation
from riff.domain.reconciliation.reconciliation import Reconciliation
from riff.errors import SecondPersonNeededError
from riff.ports.services import Services
from riff.ports.stores import Work
from riff.usecases.reconciliation.account import account, begun
from riff.usecases.reconciliation.reconciled_units import reconcile_units
from riff_critical.lifecycle import RaffleEvent


@attrs.frozen
class ConfirmReconciliation:
    """Whose figures `actor` confirms."""

    actor: Actor
    raffle_id: RaffleId


def confirm_reconciliation(command: ConfirmReconciliation, services: Services) -> Reconciliation:
    """The accounts with the confirmation in them; with the last one that is needed, the raffle is reconciled.

    Raises:
        NotFoundError, NotPermittedError: no such raffle, or the actor may not decide.
        StateRefusesError: sales have not ended, or the raffle is reconciled already.
        UnitsNotUploadedError, PaymentsUnknownError, VoidsNotAcknowledgedError, NumbersNotBalancedError,
        CashNotCountedError: what is outstanding.
        SecondPersonNeededError: the actor has confirmed these figures; another person has not.
    """
    now = services.clock.now()
    with services.transactions.begin() as work:
        found = work.raffles.get(command.raffle_id)
        command.actor.require("reconciliation:decide", found.organization_id)
        units = work.units.lock_of(found.id)
        raffle = begun(work.raffles.lock(found.id), command.actor, now, work)
        accounts = account(raffle, work)
        accounts.require_satisfied()
        if command.actor.label in accounts.confirmed_by:
            raise SecondPersonNeededError("You have confirmed this; another person must do so too.")
        _confirm(accounts, command.actor, now, work)
        if len(accounts.confirmed_by) + 1 >= accounts.persons_needed:
            raffle = raffle.after(RaffleEvent.RECONCILE, accounts.satisfied)
            work.raffles.update(raffle)
            work.events.append(
                StreamId(raffle.id), EventKind.RAFFLE_RECONCILED, now, command.actor.label, _facts(accounts)
            )
            reconcile_units(units, accounts, command.actor, now, work)
        return account(raffle, work)


def _confirm(accounts: Reconciliation, actor: Actor, now: datetime, work: Work) -> None:
    raffle_id = accounts.raffle.id
    work.reconciliation.confirm(raffle_id, Confirmation(accounts.figures, actor.label, now))
    facts: dict[str, Fact] = {
        "figures": accounts.figures.hex(),
        "persons_needed": accounts.persons_needed,
    }
    work.events.append(StreamId(raffle_id), EventKind.RECONCILIATION_CONFIRMED, now, actor.label, facts)


def _facts(accounts: Reconciliation) -> dict[str, Fact]:
    return {
        "figures": accounts.figures.hex(),
        "issued": sum(part.issued for part in accounts.ranges),
        "valid": sum(part.valid for part in accounts.ranges),
        "voided": sum(part.voided for part in accounts.ranges),
        "unsold": sum(part.unsold for part in accounts.ranges),
        "written_off": sum(unit.write_off is not None for unit in accounts.units),
    }
