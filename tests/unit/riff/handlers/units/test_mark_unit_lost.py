"""POST /staff/units/{unit_id}/loss."""

import pytest

from riff.handlers.units.mark_unit_lost import handler
from tests.support.asking import ask_as_staff
from tests.support.booth import Booth
from tests.support.builders import a_staff_member
from tests.support.gateway import KEY, STAFF_SUBJECT, Answer


def _ask(booth: Booth, subject: str = STAFF_SUBJECT, key: str = KEY) -> Answer:
    route, variables = "/staff/units/{unit_id}/loss", {"unit_id": booth.unit.id}
    return ask_as_staff(handler, route, variables, {"reason": "r"}, subject=subject, key=key)


def test_answers_with_the_unit(booth: Booth) -> None:
    answer = _ask(booth)
    assert (answer.status, answer.body["state"], answer.body["id"]) == (200, "lost", str(booth.unit.id))


def test_repeating_is_answered_and_asking_anew_is_refused(booth: Booth) -> None:
    assert _ask(booth).body == _ask(booth).body
    again = _ask(booth, key="another-key")
    assert (again.status, again.code, again.body["state"]) == (409, "state-refuses", "lost")


@pytest.mark.parametrize(
    ("role", "status"), [("viewer", 403), ("operator", 403), ("regulator", 403), ("admin", 200)]
)
def test_roles(booth: Booth, role: str, status: int) -> None:
    booth.stage.fakes.transactions.add_staff(a_staff_member(role, booth.stage.organization.id, role))
    assert _ask(booth, role).status == status
