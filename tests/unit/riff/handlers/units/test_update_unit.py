"""PUT /staff/units/{unit_id}."""

import pytest

from riff.handlers.units.update_unit import handler
from tests.support.asking import ask_as_staff
from tests.support.booth import Booth
from tests.support.builders import a_staff_member
from tests.support.builders.units import OPERATOR
from tests.support.gateway import STAFF_SUBJECT, Answer


def _update(booth: Booth, operator: str = OPERATOR, subject: str = STAFF_SUBJECT) -> Answer:
    route, variables = "/staff/units/{unit_id}", {"unit_id": booth.unit.id}
    body = {"label": "Booth 9", "operator": operator}
    return ask_as_staff(handler, route, variables, body, subject=subject, method="PUT")


def test_answers_with_the_unit_and_a_new_code(booth: Booth) -> None:
    answer = _update(booth)
    assert (answer.status, answer.body["unit"]["label"]) == (200, "Booth 9")
    assert answer.body["logon_code"] != booth.code


def test_the_code_is_told_once_and_not_kept(booth: Booth) -> None:
    answer, again = _update(booth), _update(booth)
    code = answer.body.pop("logon_code")
    assert (again.status, again.body) == (200, answer.body)
    assert code not in str(booth.stage.fakes.transactions.tables.replies)


def test_refuses_an_operator_who_is_none(booth: Booth) -> None:
    answer = _update(booth, "nobody")
    assert (answer.status, answer.body["errors"][0]["pointer"]) == (422, "#/operator")


@pytest.mark.parametrize(
    ("role", "status"), [("viewer", 403), ("operator", 403), ("regulator", 403), ("admin", 200)]
)
def test_roles(booth: Booth, role: str, status: int) -> None:
    booth.stage.fakes.transactions.add_staff(a_staff_member(role, booth.stage.organization.id, role))
    assert _update(booth, subject=role).status == status
