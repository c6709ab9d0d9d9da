"""GLI-31 6.1.2, enrolment: units are enrolled, enabled and disabled; at first they are neither."""

import pytest

from riff.errors import NotAuthenticatedError, StateRefusesError
from riff.handlers._runtime.identity import Caller, actor
from riff.usecases.units.mark_unit_lost import MarkUnitLost, mark_unit_lost
from riff.usecases.units.resume_unit import ResumeUnit, resume_unit
from riff.usecases.units.suspend_unit import SuspendUnit, suspend_unit
from riff_critical.lifecycle import SALES_UNIT, SalesUnitState
from tests.support.booth import DEVICE, Booth
from tests.support.gateway import claims


def test_a_new_unit_is_un_enrolled_and_disabled() -> None:
    booth = Booth.of()
    assert SALES_UNIT.initial is SalesUnitState.REGISTERED
    assert (booth.unit.state, booth.unit.enrolment_id) == (SalesUnitState.REGISTERED, None)
    for act in (booth.sell, booth.lease, booth.close):
        with pytest.raises(StateRefusesError):
            act()


def test_only_a_registered_device_is_a_unit() -> None:
    booth = Booth.of()
    transactions = booth.stage.fakes.transactions
    assert actor(Caller.UNIT, claims(DEVICE), transactions) == booth.actor
    for token in (None, claims("unknown-device"), claims(DEVICE, use="access")):
        with pytest.raises(NotAuthenticatedError):
            actor(Caller.UNIT, token, transactions)


def test_a_unit_is_enrolled_disabled_enabled_and_closed() -> None:
    booth = Booth.of()
    booth.enrol()
    suspend_unit(SuspendUnit(booth.stage.manager, booth.unit.id, "r"), booth.stage.fakes.services)
    with pytest.raises(StateRefusesError):
        booth.lease()
    command = ResumeUnit(booth.stage.manager, booth.unit.id, "r", inspected=True)
    booth.enrol(code=resume_unit(command, booth.stage.fakes.services).logon_code)
    booth.lease()
    booth.close()
    assert booth.enrolment.closed_at is not None


def test_a_lost_unit_can_do_nothing_from_afar() -> None:
    booth = Booth.selling()
    mark_unit_lost(MarkUnitLost(booth.stage.manager, booth.unit.id, "stolen"), booth.stage.fakes.services)
    for act in (booth.sell, booth.lease, booth.enrol, booth.close):
        with pytest.raises(StateRefusesError):
            act()
