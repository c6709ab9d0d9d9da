"""Keep what a sales unit reports of itself (GLI-31 2.8.1 f and g, 3.3.2, 5.6)."""

from datetime import datetime
from enum import StrEnum
from typing import Final

import attrs

from riff.domain.accounts.actor import Actor
from riff.domain.audit.event_catalogue import EventKind
from riff.domain.instants import format_instant
from riff.domain.units.sales_unit import SalesUnit
from riff.ports.services import Services
from riff.usecases.units.calling_unit import calling_unit
from riff_critical.lifecycle import SalesUnitEvent, SalesUnitState


class UnitIncident(StrEnum):
    """What can happen to a unit."""

    POWER_ON = "power_on"
    POWER_LOSS = "power_loss"
    LOW_BATTERY = "low_battery"
    PRINTER_ERROR = "printer_error"
    PRINTER_DISCONNECTED = "printer_disconnected"
    NO_PAPER = "no_paper"
    CONNECTION_LOST = "connection_lost"
    CONNECTION_RESTORED = "connection_restored"
    LOGON_FAILED = "logon_failed"
    MEMORY_REPAIRED = "memory_repaired"
    """One copy of the critical memory was damaged, and written anew from the other."""
    MEMORY_CORRUPTED = "memory_corrupted"
    """No copy of the critical memory can be trusted."""
    PROGRAM_CORRUPTED = "program_corrupted"
    """The program is not the one that was certified."""


_STOPS: Final = frozenset({UnitIncident.MEMORY_CORRUPTED, UnitIncident.PROGRAM_CORRUPTED})
# In error it is already, or it cannot be in error any more.
_STOPPED: Final = frozenset({SalesUnitState.ERROR, SalesUnitState.LOST})


@attrs.frozen
class UnitReport:
    """One thing that happened.

    Attributes:
        incident: what.
        occurred_at: when, by the unit's clock.
        detail: more about it, in the unit's words; None for nothing.
    """

    incident: UnitIncident
    occurred_at: datetime
    detail: str | None


@attrs.frozen
class ReportUnitEvents:
    """What the unit `actor` reports, in its order."""

    actor: Actor
    reports: tuple[UnitReport, ...]


def report_unit_events(command: ReportUnitEvents, services: Services) -> SalesUnit:
    """The unit, in error where it can no longer be trusted."""
    now = services.clock.now()
    with services.transactions.begin() as work:
        unit = calling_unit(command.actor, work)
        for report in command.reports:
            stops = report.incident in _STOPS
            if stops and unit.state not in _STOPPED:
                unit = unit.after(SalesUnitEvent.REPORT_ERROR)
                work.units.update(unit)
            work.events.append(
                unit.stream,
                EventKind.UNIT_CORRUPTED if stops else EventKind.UNIT_REPORTED,
                now,
                command.actor.label,
                {
                    "incident": report.incident.value,
                    "occurred_at": format_instant(report.occurred_at),
                    "detail": report.detail,
                    "state": unit.state.value,
                },
            )
        return unit
