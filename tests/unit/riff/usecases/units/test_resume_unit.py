import attrs
import pytest

from riff.domain.audit.event_catalogue import EventKind
from riff.errors import LogonRefusedError, NotFoundError, StateRefusesError, UnitNotReadyError
from riff.usecases.units.enroll_unit import MemoryCheck
from riff.usecases.units.mark_unit_lost import MarkUnitLost, mark_unit_lost
from riff.usecases.units.resume_unit import ResumeUnit, resume_unit
from riff.usecases.units.suspend_unit import SuspendUnit, suspend_unit
from riff_critical.lifecycle import SalesUnitState
from tests.support.booth import Booth
from tests.support.stage import A_STRANGER


def _resume(booth: Booth, *, inspected: bool = True) -> str:
    command = ResumeUnit(booth.stage.manager, booth.unit.id, "found", inspected)
    return resume_unit(command, booth.stage.fakes.services).logon_code


def _suspend(booth: Booth) -> None:
    suspend_unit(SuspendUnit(booth.stage.manager, booth.unit.id, "r"), booth.stage.fakes.services)


def test_goes_back_to_its_raffle_and_sells_after_a_fresh_logon() -> None:
    booth = Booth.selling()
    _suspend(booth)
    code = _resume(booth)
    assert booth.now.state is SalesUnitState.ENROLLED
    with pytest.raises(StateRefusesError):
        booth.sell()
    with pytest.raises(LogonRefusedError):
        booth.enrol(MemoryCheck.SOUND)
    before = booth.enrolment
    booth.enrol(MemoryCheck.SOUND, code)
    assert booth.enrolment == before
    assert booth.sell().ticket.order.first_slot == 100_000
    assert EventKind.UNIT_RESUMED in booth.stage.fakes.transactions.event_kinds()


def test_is_free_for_another_raffle_where_it_owes_nothing() -> None:
    booth = Booth.of()
    _suspend(booth)
    _resume(booth)
    assert (booth.now.state, booth.now.enrolment_id) == (SalesUnitState.REGISTERED, None)


def test_is_free_after_it_has_closed() -> None:
    booth = Booth.selling()
    booth.close()
    _suspend(booth)
    _resume(booth)
    assert (booth.now.state, booth.now.enrolment_id) == (SalesUnitState.REGISTERED, None)


def test_a_found_unit_closes_without_a_logon() -> None:
    booth = Booth.selling()
    booth.sell()
    mark_unit_lost(MarkUnitLost(booth.stage.manager, booth.unit.id, "r"), booth.stage.fakes.services)
    _resume(booth)
    assert booth.close().service.takings.orders == 1


def test_clears_an_error() -> None:
    booth = Booth.of()
    with booth.stage.fakes.transactions.begin() as work:
        work.units.update(attrs.evolve(booth.unit, state=SalesUnitState.ERROR))
    _resume(booth)
    assert booth.now.state is SalesUnitState.REGISTERED


@pytest.mark.parametrize("state", [SalesUnitState.LOST, SalesUnitState.ERROR, SalesUnitState.SUSPENDED])
def test_refuses_a_unit_that_nobody_has_inspected(state: SalesUnitState) -> None:
    booth = Booth.selling()
    with booth.stage.fakes.transactions.begin() as work:
        work.units.update(attrs.evolve(booth.now, state=state))
    with pytest.raises(UnitNotReadyError):
        _resume(booth, inspected=False)
    assert booth.now.state is state


def test_refuses_a_unit_in_service_and_strangers() -> None:
    booth = Booth.selling()
    with pytest.raises(StateRefusesError):
        _resume(booth)
    command = ResumeUnit(A_STRANGER, booth.unit.id, "r", inspected=True)
    with pytest.raises(NotFoundError):
        resume_unit(command, booth.stage.fakes.services)
