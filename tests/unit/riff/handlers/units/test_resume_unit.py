"""POST /staff/units/{unit_id}/resumption."""

import pytest

from riff.handlers.units.resume_unit import handler
from riff.usecases.units.suspend_unit import SuspendUnit, suspend_unit
from tests.support.asking import ask_as_staff
from tests.support.booth import Booth
from tests.support.gateway import Answer


def _resume(booth: Booth, *, inspected: bool = True) -> Answer:
    body = {"reason": "its operator is back", "inspected": inspected}
    return ask_as_staff(handler, "/staff/units/{unit_id}/resumption", {"unit_id": booth.unit.id}, body)


@pytest.fixture(name="suspended")
def _suspended(booth: Booth) -> Booth:
    suspend_unit(SuspendUnit(booth.stage.manager, booth.unit.id, "r"), booth.stage.fakes.services)
    return booth


def test_answers_with_the_unit_and_a_new_code(suspended: Booth) -> None:
    answer = _resume(suspended)
    assert (answer.status, answer.body["unit"]["state"]) == (200, "registered")
    assert answer.body["logon_code"] != suspended.code


def test_the_code_is_told_once_and_not_kept(suspended: Booth) -> None:
    answer, again = _resume(suspended), _resume(suspended)
    code = answer.body.pop("logon_code")
    assert (again.status, again.body) == (200, answer.body)
    assert code not in str(suspended.stage.fakes.transactions.tables.replies)


def test_refuses_what_nobody_has_inspected(booth: Booth) -> None:
    booth.enrol()
    suspend_unit(SuspendUnit(booth.stage.manager, booth.unit.id, "r"), booth.stage.fakes.services)
    answer = _resume(booth, inspected=False)
    assert (answer.status, answer.code) == (409, "unit-not-ready")
    assert answer.body["missing"] == "memory-sound, unit-authenticated"


def test_refuses_a_unit_in_service(booth: Booth) -> None:
    answer = _resume(booth)
    assert (answer.status, answer.code) == (409, "state-refuses")
