"""GLI-31 3.2.2, access: a unit sells behind a secure logon, and is configured by those who may."""

import pytest

from riff.errors import LogonRefusedError, NotPermittedError, StateRefusesError
from riff.usecases.units.register_unit import RegisterUnit, register_unit
from riff.usecases.units.resume_unit import ResumeUnit, resume_unit
from riff.usecases.units.suspend_unit import SuspendUnit, suspend_unit
from tests.support.booth import Booth
from tests.support.builders import a_staff_member
from tests.support.builders.units import OPERATOR
from tests.support.stage import member


def test_nothing_is_sold_before_the_logon() -> None:
    booth = Booth.of()
    for act in (booth.sell, booth.lease):
        with pytest.raises(StateRefusesError):
            act()


def test_the_logon_takes_the_code_in_force_of_an_operator_in_office() -> None:
    booth = Booth.of()
    with pytest.raises(LogonRefusedError):
        booth.enrol(code="A" * 16)
    booth.stage.fakes.transactions.add_staff(
        a_staff_member("regulator", booth.stage.organization.id, OPERATOR)
    )
    with pytest.raises(LogonRefusedError):
        booth.enrol()


def test_after_a_suspension_the_old_code_is_worth_nothing() -> None:
    booth = Booth.selling()
    suspend_unit(SuspendUnit(booth.stage.manager, booth.unit.id, "r"), booth.stage.fakes.services)
    command = ResumeUnit(booth.stage.manager, booth.unit.id, "r", inspected=True)
    code = resume_unit(command, booth.stage.fakes.services).logon_code
    with pytest.raises(LogonRefusedError):
        booth.enrol()
    booth.enrol(code=code)


@pytest.mark.parametrize("role", ["operator", "regulator", "viewer"])
def test_only_those_who_may_register_units(role: str) -> None:
    booth = Booth.of()
    actor = member(role, booth.stage.organization)
    command = RegisterUnit(actor, booth.stage.organization.id, "Booth 2", "device-2", OPERATOR)
    with pytest.raises(NotPermittedError):
        register_unit(command, booth.stage.fakes.services)
