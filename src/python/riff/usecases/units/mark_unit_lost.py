"""Report a sales unit lost, stolen or destroyed: it does nothing any more until it is found."""

import attrs

from riff.domain.accounts.actor import Actor
from riff.domain.audit.event_catalogue import EventKind
from riff.domain.identifiers import UnitId
from riff.domain.units.sales_unit import SalesUnit
from riff.ports.services import Services
from riff.usecases.units.managed_unit import managed_unit, record
from riff_critical.lifecycle import SalesUnitEvent


@attrs.frozen
class MarkUnitLost:
    """Which unit `actor` misses, and what happened."""

    actor: Actor
    unit_id: UnitId
    reason: str


def mark_unit_lost(command: MarkUnitLost, services: Services) -> SalesUnit:
    """The unit, lost.  Its blocks stay its own, and the raffle waits until it is written off or found.

    Raises:
        NotFoundError, NotPermittedError: no such unit, or the actor may not manage it.
        StateRefusesError: the unit is lost already.
    """
    now = services.clock.now()
    with services.transactions.begin() as work:
        unit = managed_unit(command.unit_id, command.actor, work)
        lost = unit.after(SalesUnitEvent.REPORT_LOST)
        facts = {"before": unit.state.value, "reason": command.reason}
        record(lost, EventKind.UNIT_LOST, now, command.actor, facts, work)
        return lost
