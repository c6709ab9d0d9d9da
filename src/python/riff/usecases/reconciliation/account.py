"""Gather what a raffle has to answer for.  Part of every operation of the context."""

from datetime import datetime

from riff.domain.accounts.actor import Actor
from riff.domain.audit.event_catalogue import EventKind
from riff.domain.identifiers import StreamId
from riff.domain.raffles.raffle import Raffle
from riff.domain.reconciliation.accounts import SellerAccount
from riff.domain.reconciliation.reconciliation import Reconciliation
from riff.ports.stores import Work
from riff_critical.lifecycle import RaffleEvent, RaffleState

_TWO = 2


def account(raffle: Raffle, work: Work) -> Reconciliation:
    """Everything that the raffle has to answer for, as this transaction sees it.

    Raises:
        NotFoundError: the raffle was never activated.
    """
    counts = work.reconciliation.cash_counts(raffle.id)
    return Reconciliation(
        raffle=raffle,
        units=work.reconciliation.units(raffle.id),
        payments=work.reconciliation.payments(raffle.id),
        voids=work.reconciliation.voids(raffle.id),
        ranges=work.reconciliation.ranges(raffle.id),
        sellers=tuple(
            SellerAccount(taken, tuple(count for count in counts if count.seller == taken.seller))
            for taken in work.attended.takings(raffle.id)
        ),
        confirmations=work.reconciliation.confirmations(raffle.id),
        persons_needed=_TWO if work.raffles.profile(raffle.id).two_person_reconciliation else 1,
    )


def begun(raffle: Raffle, actor: Actor, at: datetime, work: Work) -> Raffle:
    """The locked raffle, being reconciled: the first thing that is done after the close begins it.

    Raises:
        StateRefusesError: its sales have not ended, or it is reconciled already.
    """
    if raffle.state is RaffleState.RECONCILING:
        return raffle
    reconciling = raffle.after(RaffleEvent.START_RECONCILING)
    work.raffles.update(reconciling)
    work.events.append(StreamId(raffle.id), EventKind.RECONCILING_STARTED, at, actor.label, {})
    return reconciling
