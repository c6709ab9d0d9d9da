import pytest

from riff.domain.audit.event_catalogue import EventKind
from riff.errors import NotFoundError, StateRefusesError
from riff.usecases.units.mark_unit_lost import MarkUnitLost, mark_unit_lost
from riff_critical.lifecycle import SalesUnitState
from tests.support.booth import Booth
from tests.support.stage import A_STRANGER


def test_a_lost_unit_does_nothing_any_more() -> None:
    booth = Booth.selling()
    command = MarkUnitLost(booth.stage.manager, booth.unit.id, "stolen")
    assert mark_unit_lost(command, booth.stage.fakes.services).state is SalesUnitState.LOST
    for act in (booth.sell, booth.lease, booth.close, booth.enrol):
        with pytest.raises(StateRefusesError):
            act()
    assert booth.stage.fakes.transactions.tables.events[booth.unit.stream][-1].kind is EventKind.UNIT_LOST


def test_its_block_is_nobody_elses_whatever_the_clock_says() -> None:
    booth = Booth.selling()
    mark_unit_lost(MarkUnitLost(booth.stage.manager, booth.unit.id, "stolen"), booth.stage.fakes.services)
    other = Booth.at(booth.stage, "device-2")
    other.enrol()
    assert other.lease().block.first_slot == 101_000


def test_refuses_strangers_and_to_lose_it_twice() -> None:
    booth = Booth.of()
    with pytest.raises(NotFoundError):
        mark_unit_lost(MarkUnitLost(A_STRANGER, booth.unit.id, "r"), booth.stage.fakes.services)
    command = MarkUnitLost(booth.stage.manager, booth.unit.id, "r")
    mark_unit_lost(command, booth.stage.fakes.services)
    with pytest.raises(StateRefusesError):
        mark_unit_lost(command, booth.stage.fakes.services)
