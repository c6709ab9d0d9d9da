"""GET /staff/units/{unit_id}."""

from uuid import uuid4

import pytest

from riff.handlers.units.show_unit import handler
from tests.support.asking import ask_as_staff
from tests.support.booth import Booth

ROUTE = "/staff/units/{unit_id}"


def test_shows_what_a_unit_serves_and_has_taken(booth: Booth) -> None:
    booth.enrol()
    booth.lease()
    booth.sell()
    answer = ask_as_staff(handler, ROUTE, {"unit_id": booth.unit.id}, method="GET")
    assert (answer.status, answer.body["unit"]["state"], answer.body["orders"]) == (200, "active", 1)
    service = answer.body["service"]
    assert service["enrolment"]["raffle_id"] == str(booth.stage.raffle.id)
    assert (service["takings"]["cash"]["minor"], service["takings"]["card"]["minor"]) == (2000, 0)


def test_leaves_out_what_there_is_not_and_shows_no_secrets(booth: Booth) -> None:
    answer = ask_as_staff(handler, ROUTE, {"unit_id": booth.unit.id}, method="GET")
    assert "service" not in answer.body
    assert booth.code not in str(answer.body)


@pytest.mark.usefixtures("booth")
def test_unknown_unit_is_not_found() -> None:
    assert ask_as_staff(handler, ROUTE, {"unit_id": uuid4()}, method="GET").status == 404
