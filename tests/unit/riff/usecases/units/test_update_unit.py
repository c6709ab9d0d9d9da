import pytest

from riff.domain.audit.event_catalogue import EventKind
from riff.errors import (
    AlreadyRegisteredError,
    InvalidRequestError,
    LogonRefusedError,
    NotFoundError,
    StateRefusesError,
)
from riff.usecases.units.register_unit import UnitWithLogon
from riff.usecases.units.update_unit import UpdateUnit, update_unit
from tests.support.booth import Booth
from tests.support.builders import a_staff_member
from tests.support.builders.units import OPERATOR
from tests.support.stage import A_STRANGER


def _update(booth: Booth, label: str = "Booth 9", operator: str = OPERATOR) -> UnitWithLogon:
    command = UpdateUnit(booth.stage.manager, booth.unit.id, label, operator)
    return update_unit(command, booth.stage.fakes.services)


def _hire(booth: Booth, role: str = "operator") -> str:
    booth.stage.fakes.transactions.add_staff(a_staff_member(role, booth.stage.organization.id, "new"))
    return "new"


def test_another_operator_gets_a_code_and_the_old_one_is_worth_nothing() -> None:
    booth = Booth.of()
    updated = _update(booth, operator=_hire(booth))
    assert (booth.now.label, booth.now.operator) == ("Booth 9", "new")
    with pytest.raises(LogonRefusedError):
        booth.enrol()
    assert booth.enrol(code=updated.logon_code).enrolment.operator == "new"


def test_records_what_was_before_and_what_is_now() -> None:
    booth = Booth.of()
    _update(booth)
    event = booth.stage.fakes.transactions.tables.events[booth.unit.stream][-1]
    assert event.kind is EventKind.UNIT_UPDATED
    assert f'"label_before":"{booth.unit.label}"'.encode() in event.record


def test_the_operator_stays_while_the_unit_owes_sales() -> None:
    booth = Booth.selling()
    with pytest.raises(StateRefusesError):
        _update(booth, operator=_hire(booth))
    assert _update(booth).unit.label == "Booth 9"
    booth.close()
    assert _update(booth, operator="new").unit.operator == "new"


def test_refuses_operators_who_may_not_and_labels_that_are_taken() -> None:
    booth = Booth.of()
    with pytest.raises(InvalidRequestError):
        _update(booth, operator=_hire(booth, "viewer"))
    other = Booth.at(booth.stage, "device-2")
    with pytest.raises(AlreadyRegisteredError):
        _update(booth, label=other.unit.label)


def test_refuses_strangers() -> None:
    booth = Booth.of()
    with pytest.raises(NotFoundError):
        update_unit(UpdateUnit(A_STRANGER, booth.unit.id, "l", OPERATOR), booth.stage.fakes.services)
