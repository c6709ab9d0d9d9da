"""Set closed units free once their cash is counted.  Part of counting and of confirming."""

from collections.abc import Iterable
from datetime import datetime

from riff.domain.accounts.actor import Actor
from riff.domain.audit.event_catalogue import EventKind
from riff.domain.reconciliation.reconciliation import Reconciliation
from riff.domain.units.sales_unit import SalesUnit
from riff.ports.stores import Work
from riff_critical.lifecycle import Guard, SalesUnitEvent, SalesUnitState


def reconcile_units(
    units: Iterable[SalesUnit], accounts: Reconciliation, actor: Actor, at: datetime, work: Work
) -> None:
    """Move every closed one of these locked units on whose cash is counted, or that has taken none."""
    uncounted = {seller.takings.enrolment_id for seller in accounts.sellers if seller.outstanding}
    for unit in units:
        if unit.state is SalesUnitState.CLOSED and unit.enrolment_id not in uncounted:
            reconciled = unit.after(SalesUnitEvent.RECONCILE, {Guard.UNIT_CASH_COUNTED})
            work.units.update(reconciled)
            facts = {"state": reconciled.state.value, "raffle": str(accounts.raffle.id)}
            work.events.append(unit.stream, EventKind.UNIT_RECONCILED, at, actor.label, facts)
