import pytest

from riff.domain.audit.event_catalogue import EventKind
from riff.domain.units.sales_unit import SalesUnit
from riff.errors import StateRefusesError
from riff.usecases.units.mark_unit_lost import MarkUnitLost, mark_unit_lost
from riff.usecases.units.report_unit_events import (
    ReportUnitEvents,
    UnitIncident,
    UnitReport,
    report_unit_events,
)
from riff_critical.lifecycle import SalesUnitState
from tests.support.booth import Booth
from tests.support.fakes import NOON


def _report(booth: Booth, *incidents: UnitIncident) -> SalesUnit:
    reports = tuple(UnitReport(incident, NOON, "roll 3") for incident in incidents)
    return report_unit_events(ReportUnitEvents(booth.actor, reports), booth.stage.fakes.services)


def test_keeps_every_report_in_its_order() -> None:
    booth = Booth.selling()
    _report(booth, UnitIncident.NO_PAPER, UnitIncident.LOW_BATTERY)
    events = booth.stage.fakes.transactions.tables.events[booth.unit.stream][-2:]
    assert [event.kind for event in events] == [EventKind.UNIT_REPORTED] * 2
    assert b'"incident":"no_paper"' in events[0].record
    assert b'"occurred_at":"2026-05-01T12:00:00.000000Z"' in events[0].record
    assert booth.now.state is SalesUnitState.ACTIVE


@pytest.mark.parametrize("incident", [UnitIncident.MEMORY_CORRUPTED, UnitIncident.PROGRAM_CORRUPTED])
def test_a_unit_that_cannot_be_trusted_stops(incident: UnitIncident) -> None:
    booth = Booth.selling()
    assert _report(booth, incident, UnitIncident.POWER_LOSS).state is SalesUnitState.ERROR
    with pytest.raises(StateRefusesError):
        booth.sell()
    assert EventKind.UNIT_CORRUPTED in booth.stage.fakes.transactions.event_kinds()


def test_a_unit_that_is_lost_or_in_error_may_say_so_again() -> None:
    booth = Booth.selling()
    _report(booth, UnitIncident.MEMORY_CORRUPTED)
    assert _report(booth, UnitIncident.MEMORY_CORRUPTED).state is SalesUnitState.ERROR
    mark_unit_lost(MarkUnitLost(booth.stage.manager, booth.unit.id, "r"), booth.stage.fakes.services)
    assert _report(booth, UnitIncident.PROGRAM_CORRUPTED).state is SalesUnitState.LOST
