"""POST /units/me/closing."""

from riff.handlers.units.close_unit import handler
from tests.support.asking import ask_as_unit
from tests.support.booth import Booth
from tests.support.gateway import KEY, Answer


def _close(booth: Booth, position: int = 0, key: str = KEY) -> Answer:
    body = {"position": position, "tag": booth.stored.mark.tag.hex()}
    return ask_as_unit(handler, "/units/me/closing", body, key=key)


def test_answers_with_all_that_the_unit_sold(booth: Booth) -> None:
    booth.enrol()
    booth.lease()
    booth.sell()
    answer = _close(booth)
    assert (answer.status, answer.body["unit"]["state"]) == (200, "closed")
    assert answer.body["service"]["takings"]["orders"] == 1
    assert answer.body["service"]["enrolment"]["closed_at"] == "2026-05-01T12:00:00.000000Z"
    assert _close(booth).body == answer.body
    assert _close(booth, key="another-key").code == "state-refuses"


def test_refuses_while_sales_are_missing(booth: Booth) -> None:
    booth.enrol()
    answer = _close(booth, 2)
    assert (answer.status, answer.code, answer.body["stored"]) == (409, "unit-not-uploaded", 0)
