import pytest

from riff.domain.audit.event_catalogue import EventKind
from riff.errors import NotFoundError, NotPermittedError, StateRefusesError
from riff.usecases.units.suspend_unit import SuspendUnit, suspend_unit
from riff_critical.lifecycle import SalesUnitState
from tests.support.booth import Booth
from tests.support.stage import A_STRANGER, member


def test_a_suspended_unit_sells_nothing_and_keeps_its_block() -> None:
    booth = Booth.selling()
    command = SuspendUnit(booth.stage.manager, booth.unit.id, "its operator left")
    assert suspend_unit(command, booth.stage.fakes.services).state is SalesUnitState.SUSPENDED
    with pytest.raises(StateRefusesError):
        booth.sell()
    with pytest.raises(StateRefusesError):
        booth.lease()
    with booth.stage.fakes.transactions.begin() as work:
        held = work.blocks.held(booth.stage.raffle.id, booth.unit.holder, 1, booth.stage.fakes.clock.now())
    assert held
    event = booth.stage.fakes.transactions.tables.events[booth.unit.stream][-1]
    assert event.kind is EventKind.UNIT_SUSPENDED
    assert b'"reason":"its operator left"' in event.record


def test_refuses_to_suspend_twice() -> None:
    booth = Booth.of()
    command = SuspendUnit(booth.stage.manager, booth.unit.id, "r")
    suspend_unit(command, booth.stage.fakes.services)
    with pytest.raises(StateRefusesError):
        suspend_unit(command, booth.stage.fakes.services)


def test_refuses_strangers_and_roles_that_may_not() -> None:
    booth = Booth.of()
    with pytest.raises(NotFoundError):
        suspend_unit(SuspendUnit(A_STRANGER, booth.unit.id, "r"), booth.stage.fakes.services)
    operator = member("operator", booth.stage.organization)
    with pytest.raises(NotPermittedError):
        suspend_unit(SuspendUnit(operator, booth.unit.id, "r"), booth.stage.fakes.services)
