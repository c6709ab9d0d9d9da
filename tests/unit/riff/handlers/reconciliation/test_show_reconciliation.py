"""GET /staff/raffles/{raffle_id}/reconciliation."""

import pytest

from riff.handlers.reconciliation.show_reconciliation import handler
from riff.usecases.units.request_void import RequestVoid, request_void
from tests.support.asking import ask_as_staff
from tests.support.booth import Booth
from tests.support.builders import a_staff_member
from tests.support.closed_books import count, sold_out_booth, write_off
from tests.support.gateway import STAFF_SUBJECT, Answer
from tests.support.stage import Stage


def _show(stage: Stage, subject: str = STAFF_SUBJECT) -> Answer:
    route, variables = "/staff/raffles/{raffle_id}/reconciliation", {"raffle_id": stage.raffle.id}
    return ask_as_staff(handler, route, variables, subject=subject, method="GET")


def test_shows_conditions_with_figures_and_what_to_do(booth: Booth) -> None:
    booth.enrol()
    booth.lease()
    sold_out_booth(booth)
    answer = _show(booth.stage)
    assert (answer.status, answer.body["state"]) == (200, "sales_closed")
    assert {entry["code"]: entry["outstanding"] for entry in answer.body["conditions"]} == {
        "units-not-uploaded": 0,
        "payments-unknown": 0,
        "voids-not-acknowledged": 1,
        "numbers-not-balanced": 0,
        "cash-not-counted": 1,
    }
    assert all(entry["what_to_do"] for entry in answer.body["conditions"])
    unit_range = answer.body["ranges"][1]
    assert (unit_range["channel"], unit_range["valid"], unit_range["unsold"]) == ("sales_unit", 20, 980)
    (seller,) = answer.body["sellers"]
    assert (seller["outstanding"], seller["takings"]["cash"]["minor"], seller["counts"]) == (True, 4000, [])


def test_shows_what_units_asked_to_void(booth: Booth) -> None:
    booth.enrol()
    booth.lease()
    order_id = booth.sell().ticket.order.id
    request_void(RequestVoid(booth.actor, order_id, "wrong package"), booth.stage.fakes.services)
    assert _show(booth.stage).body["voids"]["open_requests"] == [
        {
            "order_id": str(order_id),
            "enrolment_id": str(booth.enrolment.id),
            "reason": "wrong package",
            "requested_at": "2026-05-01T12:00:00.000000Z",
        }
    ]


def test_shows_decisions_and_counts(booth: Booth) -> None:
    booth.enrol()
    booth.lease()
    booth.sell()
    booth.end_sales()
    write_off(booth.stage, booth.enrolment.id, "stolen")
    count(booth.stage, booth.enrolment.seller, 0, "stolen with it")
    answer = _show(booth.stage)
    (unit,) = answer.body["units"]
    assert (unit["outstanding"], unit["write_off_reason"]) == (False, "stolen")
    assert answer.body["sellers"][0]["counts"][0]["difference_minor"] == -2000


@pytest.mark.parametrize(
    ("role", "status"), [("viewer", 403), ("operator", 403), ("regulator", 200), ("admin", 200)]
)
def test_roles(stage: Stage, role: str, status: int) -> None:
    stage.fakes.transactions.add_staff(a_staff_member(role, stage.organization.id, role))
    assert _show(stage, role).status == status
