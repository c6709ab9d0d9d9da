import pytest

from riff.domain.audit.event_catalogue import EventKind
from riff.domain.identifiers import OrganizationId
from riff.domain.units.sales_unit import logon_digest
from riff.errors import AlreadyRegisteredError, InvalidRequestError, NotFoundError, NotPermittedError
from riff.usecases.units.register_unit import RegisterUnit, UnitWithLogon, register_unit
from riff_critical.lifecycle import SalesUnitState
from tests.support.booth import Booth
from tests.support.builders import a_staff_member
from tests.support.builders.units import OPERATOR
from tests.support.stage import A_STRANGER, Stage, member


def _register(
    booth: Booth, subject: str = "device-2", label: str = "Booth 2", **changes: object
) -> UnitWithLogon:
    stage = booth.stage
    fields = {"actor": stage.manager, "operator": OPERATOR} | changes
    command = RegisterUnit(
        organization_id=stage.organization.id,
        label=label,
        subject=subject,
        **fields,  # type: ignore[arg-type] # a test names what it changes
    )
    return register_unit(command, stage.fakes.services)


def test_a_unit_begins_disabled_and_with_a_code_that_is_not_kept() -> None:
    booth = Booth.of()
    made = _register(booth)
    assert (made.unit.state, made.unit.enrolment_id) == (SalesUnitState.REGISTERED, None)
    assert len(made.logon_code) == 16
    tables = booth.stage.fakes.transactions.tables
    assert tables.logons[made.unit.id] == logon_digest(made.unit.id, made.logon_code)
    assert EventKind.UNIT_REGISTERED in booth.stage.fakes.transactions.event_kinds()
    assert all(
        made.logon_code.encode() not in event.record for event in booth.stage.fakes.transactions.events()
    )


def test_refuses_a_device_or_a_label_twice() -> None:
    booth = Booth.of()
    with pytest.raises(AlreadyRegisteredError):
        _register(booth, subject=booth.unit.subject)
    with pytest.raises(AlreadyRegisteredError):
        _register(booth, label=booth.unit.label)


@pytest.mark.parametrize("role", ["viewer", "regulator", None])
def test_refuses_an_operator_who_may_not_operate(role: str | None) -> None:
    booth = Booth.of()
    if role:
        somebody = a_staff_member(role, booth.stage.organization.id, "somebody")
        booth.stage.fakes.transactions.add_staff(somebody)
    with pytest.raises(InvalidRequestError) as refusal:
        _register(booth, operator="somebody")
    assert [place for place, _ in refusal.value.violations] == ["/operator"]


def test_refuses_strangers_and_roles_that_may_not() -> None:
    booth = Booth.of()
    with pytest.raises(NotFoundError):
        _register(booth, actor=A_STRANGER)
    with pytest.raises(NotPermittedError):
        _register(booth, actor=member("operator", booth.stage.organization))


def test_refuses_an_unknown_organization() -> None:
    stage = Stage.of()
    command = RegisterUnit(stage.manager, OrganizationId(stage.raffle.id), "Booth", "device", OPERATOR)
    with pytest.raises(NotFoundError):
        register_unit(command, stage.fakes.services)
