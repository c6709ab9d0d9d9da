from datetime import timedelta

import attrs
import pytest

from riff.domain.audit.event_catalogue import EventKind
from riff.errors import (
    LogonRefusedError,
    NotFoundError,
    RangeExhaustedError,
    SalesClosedError,
    StateRefusesError,
    UnitNotReadyError,
)
from riff.usecases.units.enroll_unit import MemoryCheck
from riff_critical.lifecycle import RaffleState, SalesUnitState
from tests.support.booth import Booth
from tests.support.builders import a_raffle, a_staff_member
from tests.support.builders.units import OPERATOR
from tests.support.fakes import NOON
from tests.support.stage import Stage


def test_enrols_and_activates_with_all_that_a_ticket_needs() -> None:
    booth = Booth.of()
    enrolled = booth.enrol()
    assert enrolled.unit == booth.now
    assert (SalesUnitState.ACTIVE, booth.enrolment) == (enrolled.unit.state, enrolled.enrolment)
    assert (booth.stage.organization, booth.stage.raffle) == (enrolled.organization, enrolled.setup.raffle)
    kinds = [event.kind for event in booth.stage.fakes.transactions.tables.events[booth.unit.stream]]
    assert kinds == [EventKind.UNIT_REGISTERED, EventKind.UNIT_ENROLLED, EventKind.UNIT_ACTIVATED]


def test_takes_the_code_as_people_type_it() -> None:
    booth = Booth.of()
    assert booth.enrol(code=booth.code.lower()).unit.state is SalesUnitState.ACTIVE


def test_refuses_another_code() -> None:
    booth = Booth.of()
    with pytest.raises(LogonRefusedError):
        booth.enrol(code="0" * 15 + "X")
    with pytest.raises(LogonRefusedError):
        booth.enrol(code=Booth.at(booth.stage, "device-2").code)
    assert booth.now.state is SalesUnitState.REGISTERED


def test_refuses_an_operator_who_may_not_sell_any_more() -> None:
    booth = Booth.of()
    staff = booth.stage.fakes.transactions
    staff.add_staff(a_staff_member("viewer", booth.stage.organization.id, OPERATOR))
    with pytest.raises(LogonRefusedError):
        booth.enrol()
    del staff.tables.staff[OPERATOR]
    with pytest.raises(LogonRefusedError):
        booth.enrol()


@pytest.mark.parametrize("memory", [MemoryCheck.SOUND, MemoryCheck.UNSOUND])
def test_refuses_a_memory_that_is_not_cleared(memory: MemoryCheck) -> None:
    booth = Booth.of()
    with pytest.raises(UnitNotReadyError, match="memory-cleared"):
        booth.enrol(memory)
    assert booth.now.state is SalesUnitState.REGISTERED


def test_refuses_raffles_of_others() -> None:
    booth = Booth.of()
    with pytest.raises(NotFoundError):
        booth.enrol(raffle_id=Stage.of(fakes=booth.stage.fakes).raffle.id)


@pytest.mark.parametrize(
    "state", [RaffleState.CONFIGURED, RaffleState.SUSPENDED, RaffleState.SALES_CLOSED], ids=lambda s: s.value
)
def test_refuses_a_raffle_that_is_not_active(state: RaffleState) -> None:
    booth = Booth.of(a_raffle().in_state(state))
    with pytest.raises(SalesClosedError):
        booth.enrol()


def test_refuses_a_raffle_whose_window_has_passed() -> None:
    booth = Booth.of(a_raffle().active().on_sale(NOON - timedelta(hours=1), NOON))
    with pytest.raises(SalesClosedError):
        booth.enrol()


def test_enrols_before_the_window_opens() -> None:
    booth = Booth.of(a_raffle().active().on_sale(NOON + timedelta(hours=1), NOON + timedelta(hours=2)))
    assert booth.enrol().unit.state is SalesUnitState.ACTIVE
    with pytest.raises(SalesClosedError):
        booth.lease()


def test_refuses_a_raffle_without_numbers_for_units() -> None:
    booth = Booth.of(a_raffle().active().with_slots(online=10))
    with pytest.raises(RangeExhaustedError):
        booth.enrol()


def test_serves_one_raffle_at_a_time() -> None:
    booth = Booth.of()
    booth.enrol()
    with booth.stage.fakes.transactions.begin() as work:
        other = a_raffle().active().of(booth.stage.organization).stored(work)
        work.units.update(attrs.evolve(booth.now, state=SalesUnitState.ENROLLED))
    with pytest.raises(StateRefusesError):
        booth.enrol(raffle_id=other.id)


def test_a_reconciled_unit_is_reset_and_enrolled_anew() -> None:
    booth = Booth.selling()
    booth.close()
    first = booth.enrolment
    with booth.stage.fakes.transactions.begin() as work:
        work.units.update(attrs.evolve(booth.now, state=SalesUnitState.RECONCILED))
    booth.enrol()
    assert first.id != booth.enrolment.id
    assert EventKind.UNIT_RESET in booth.stage.fakes.transactions.event_kinds()
