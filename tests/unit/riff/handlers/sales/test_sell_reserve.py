"""POST /staff/raffles/{raffle_id}/reserve-sales."""

import pytest

from riff.handlers.sales.sell_reserve import handler
from tests.support.asking import ask_as_staff
from tests.support.builders import a_staff_member
from tests.support.gateway import KEY, STAFF_SUBJECT, Answer
from tests.support.stage import Stage


def _sell(stage: Stage, subject: str = STAFF_SUBJECT, tender: str = "cash", key: str = KEY) -> Answer:
    body = {"package_id": str(stage.package.id), "tender": tender, "reason": "the printer failed"}
    route = "/staff/raffles/{raffle_id}/reserve-sales"
    return ask_as_staff(handler, route, {"raffle_id": stage.raffle.id}, body, subject=subject, key=key)


def test_answers_with_the_ticket(stage: Stage) -> None:
    answer = _sell(stage)
    assert answer.status == 201
    ticket = answer.body.pop("ticket")
    assert answer.body == {
        "order_id": answer.body["order_id"],
        "raffle_id": str(stage.raffle.id),
        "package_id": str(stage.package.id),
        "channel": "reserve",
        "price": {"minor": 2000, "currency": "CAD", "formatted": "CAD 20.00"},
        "tender": "cash",
        "cash_of": f"staff:{STAFF_SUBJECT}",
        "reason": "the printer failed",
    }
    assert ticket["numbers"] == list(range(200_001, 200_011))
    assert answer.headers["Location"] == f"/v1/staff/orders/{answer.body['order_id']}"


def test_repeating_sells_once(stage: Stage) -> None:
    assert _sell(stage).body == _sell(stage).body
    assert _sell(stage, key="another-key").body["ticket"]["numbers"][0] == 200_011


def test_refuses_an_unknown_tender(stage: Stage) -> None:
    answer = _sell(stage, tender="cheque")
    assert (answer.status, answer.body["errors"][0]["pointer"]) == (422, "#/tender")


@pytest.mark.parametrize(
    ("role", "status"), [("viewer", 403), ("operator", 403), ("regulator", 403), ("admin", 201)]
)
def test_roles(stage: Stage, role: str, status: int) -> None:
    stage.fakes.transactions.add_staff(a_staff_member(role, stage.organization.id, role))
    assert _sell(stage, role).status == status
