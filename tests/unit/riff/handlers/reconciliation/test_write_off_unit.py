"""POST /staff/raffles/{raffle_id}/write-offs."""

from uuid import UUID, uuid4

from riff.handlers.reconciliation.write_off_unit import handler
from tests.support.asking import ask_as_staff
from tests.support.booth import Booth
from tests.support.gateway import KEY, Answer
from tests.support.stage import Stage


def _write_off(stage: Stage, enrolment_id: UUID, key: str = KEY) -> Answer:
    body = {"enrolment_id": str(enrolment_id), "reason": "stolen"}
    route = "/staff/raffles/{raffle_id}/write-offs"
    return ask_as_staff(handler, route, {"raffle_id": stage.raffle.id}, body, key=key)


def test_answers_with_the_accounts(booth: Booth) -> None:
    booth.enrol()
    booth.end_sales()
    answer = _write_off(booth.stage, booth.enrolment.id)
    (unit,) = answer.body["units"]
    assert (answer.status, answer.body["state"], unit["outstanding"]) == (200, "reconciling", False)
    assert (unit["write_off_reason"], unit["written_off_at"]) == ("stolen", "2026-05-01T12:00:00.000000Z")
    again = _write_off(booth.stage, booth.enrolment.id, key="another-key")
    assert (again.status, again.code) == (409, "already-written-off")


def test_refuses_while_the_raffle_sells_and_what_it_does_not_know(booth: Booth) -> None:
    booth.enrol()
    assert _write_off(booth.stage, booth.enrolment.id).code == "state-refuses"
    assert _write_off(booth.stage, uuid4()).status == 404


def test_refuses_a_unit_that_has_closed(booth: Booth) -> None:
    booth.enrol()
    booth.close()
    booth.end_sales()
    answer = _write_off(booth.stage, booth.enrolment.id)
    assert (answer.status, answer.code) == (409, "nothing-to-write-off")
