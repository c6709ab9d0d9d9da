"""Suspend a sales unit: it sells nothing until it is resumed (GLI-31 5.4.2, 6.1.2)."""

import attrs

from riff.domain.accounts.actor import Actor
from riff.domain.audit.event_catalogue import EventKind
from riff.domain.identifiers import UnitId
from riff.domain.units.sales_unit import SalesUnit
from riff.ports.services import Services
from riff.usecases.units.managed_unit import managed_unit, record
from riff_critical.lifecycle import Guard, SalesUnitEvent


@attrs.frozen
class SuspendUnit:
    """Which unit `actor` takes out of service, and why."""

    actor: Actor
    unit_id: UnitId
    reason: str


def suspend_unit(command: SuspendUnit, services: Services) -> SalesUnit:
    """The unit, suspended.  Its blocks stay its own: it may have sold from them.

    Raises:
        NotFoundError, NotPermittedError: no such unit, or the actor may not manage it.
        StateRefusesError: the unit is suspended, in error or lost already.
    """
    now = services.clock.now()
    with services.transactions.begin() as work:
        unit = managed_unit(command.unit_id, command.actor, work)
        suspended = unit.after(SalesUnitEvent.SUSPEND, {Guard.REASON_GIVEN})
        facts = {"before": unit.state.value, "reason": command.reason}
        record(suspended, EventKind.UNIT_SUSPENDED, now, command.actor, facts, work)
        return suspended
