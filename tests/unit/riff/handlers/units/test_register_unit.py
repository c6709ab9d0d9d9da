"""POST /staff/organizations/{organization_id}/units."""

import pytest

from riff.handlers.units.register_unit import handler
from tests.support.asking import ask_as_staff
from tests.support.booth import Booth
from tests.support.builders import a_staff_member
from tests.support.builders.units import OPERATOR
from tests.support.gateway import KEY, STAFF_SUBJECT, Answer


def _register(booth: Booth, subject: str = STAFF_SUBJECT, key: str = KEY, operator: str = OPERATOR) -> Answer:
    route = "/staff/organizations/{organization_id}/units"
    variables = {"organization_id": booth.stage.organization.id}
    body = {"label": "Booth 7", "subject": "device-7", "operator": operator}
    return ask_as_staff(handler, route, variables, body, subject=subject, key=key)


def test_answers_with_the_unit_and_a_code(booth: Booth) -> None:
    answer = _register(booth)
    assert answer.status == 201
    unit = answer.body["unit"]
    assert unit == {
        "id": unit["id"],
        "organization_id": str(booth.stage.organization.id),
        "label": "Booth 7",
        "subject": "device-7",
        "operator": OPERATOR,
        "state": "registered",
        "registered_at": "2026-05-01T12:00:00.000000Z",
    }
    assert len(answer.body["logon_code"]) == 16
    assert answer.headers["Location"] == f"/v1/staff/units/{unit['id']}"


def test_repeating_registers_once_and_doubling_is_refused(booth: Booth) -> None:
    assert _register(booth).body["unit"] == _register(booth).body["unit"]
    again = _register(booth, key="another-key")
    assert (again.status, again.code) == (409, "unit-already-registered")


def test_the_code_is_told_once_and_not_kept(booth: Booth) -> None:
    answer, again = _register(booth), _register(booth)
    code = answer.body.pop("logon_code")
    assert (again.status, again.body) == (201, answer.body)
    assert code not in str(booth.stage.fakes.transactions.tables.replies)


def test_refuses_an_operator_who_is_none(booth: Booth) -> None:
    answer = _register(booth, operator="nobody")
    assert (answer.status, answer.body["errors"][0]["pointer"]) == (422, "#/operator")


@pytest.mark.parametrize(
    ("role", "status"), [("viewer", 403), ("operator", 403), ("regulator", 403), ("admin", 201)]
)
def test_roles(booth: Booth, role: str, status: int) -> None:
    booth.stage.fakes.transactions.add_staff(a_staff_member(role, booth.stage.organization.id, role))
    assert _register(booth, role).status == status
