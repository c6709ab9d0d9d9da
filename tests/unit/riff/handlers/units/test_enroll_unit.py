"""POST /units/me/enrolment."""

from riff.handlers.units.enroll_unit import handler
from tests.support.asking import ask_as_unit
from tests.support.booth import Booth
from tests.support.gateway import Answer


def _enrol(booth: Booth, code: str | None = None, memory: str = "cleared") -> Answer:
    body = {
        "raffle_id": str(booth.stage.raffle.id),
        "logon_code": booth.code if code is None else code,
        "memory": memory,
    }
    return ask_as_unit(handler, "/units/me/enrolment", body)


def test_answers_with_all_that_a_ticket_needs(booth: Booth) -> None:
    answer = _enrol(booth)
    assert (answer.status, answer.body["unit"]["state"]) == (200, "active")
    assert answer.body["organization_name"] == booth.stage.organization.name
    assert answer.body["licence_number"] == "L-1234"
    assert answer.body["raffle"]["event_number"] == booth.stage.raffle.event_number
    assert answer.body["raffle"]["packages"][0]["id"] == str(booth.stage.package.id)
    assert answer.body["enrolment"]["unit_id"] == str(booth.unit.id)
    assert _enrol(booth).body == answer.body


def test_refuses_a_wrong_code_without_repeating_it(booth: Booth) -> None:
    answer = _enrol(booth, "0" * 16)
    assert (answer.status, answer.code) == (403, "logon-refused")
    assert "0" * 16 not in str(answer.body)


def test_refuses_a_memory_that_is_not_cleared(booth: Booth) -> None:
    answer = _enrol(booth, memory="sound")
    assert (answer.status, answer.code, answer.body["missing"]) == (409, "unit-not-ready", "memory-cleared")


def test_refuses_what_is_no_code(booth: Booth) -> None:
    assert _enrol(booth, "short").status == 422
