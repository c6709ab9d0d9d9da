"""GLI-31 5.4.2, units: disabled from afar, and stopped where they cannot be trusted."""

import pytest

from riff.domain.units.offline_sale import RecordRefusal
from riff.errors import StateRefusesError
from riff.usecases.units.report_unit_events import (
    ReportUnitEvents,
    UnitIncident,
    UnitReport,
    report_unit_events,
)
from riff.usecases.units.suspend_unit import SuspendUnit, suspend_unit
from riff_critical.lifecycle import SalesUnitState
from riff_critical.memory import Mark
from tests.support.booth import Booth
from tests.support.fakes import NOON
from tests.support.offline_unit import OfflineUnit


def test_a_unit_is_disabled_from_afar() -> None:
    booth = Booth.selling()
    suspend_unit(SuspendUnit(booth.stage.manager, booth.unit.id, "r"), booth.stage.fakes.services)
    with pytest.raises(StateRefusesError):
        booth.sell()


@pytest.mark.parametrize("incident", [UnitIncident.MEMORY_CORRUPTED, UnitIncident.PROGRAM_CORRUPTED])
def test_a_unit_that_fails_its_own_check_stops(incident: UnitIncident) -> None:
    booth = Booth.selling()
    command = ReportUnitEvents(booth.actor, (UnitReport(incident, NOON, None),))
    report_unit_events(command, booth.stage.fakes.services)
    assert booth.now.state is SalesUnitState.ERROR
    with pytest.raises(StateRefusesError):
        booth.sell()


def test_a_unit_whose_chain_does_not_fit_stops() -> None:
    booth = Booth.selling()
    unit = OfflineUnit(booth.stage.fakes.services, booth.actor)
    unit.sell(NOON)
    refused = unit.upload(mark=Mark(1, bytes(8))).refused
    assert refused
    assert refused.cause is RecordRefusal.FORKED
    assert booth.now.state is SalesUnitState.ERROR
