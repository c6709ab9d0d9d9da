"""POST /staff/orders/{order_id}/refund."""

from uuid import UUID, uuid4

import pytest

from riff.handlers.sales.refund_order import handler
from riff_critical.lifecycle import RaffleState
from tests.support.builders import a_staff_member
from tests.support.gateway import KEY, STAFF_SUBJECT, Answer, an_event, ask, claims
from tests.support.stage import Stage


def _refund(order_id: UUID, key: str = KEY, subject: str = STAFF_SUBJECT) -> Answer:
    event = an_event(
        "POST",
        "/staff/orders/{order_id}/refund",
        variables={"order_id": str(order_id)},
        body={"reason": "The buyer could not come"},
        headers={"Idempotency-Key": key},
        token=claims(subject),
    )
    return ask(handler, event)


def test_answers_with_the_void_and_the_returned_money(stage: Stage) -> None:
    order = stage.buy().checkout
    answer = _refund(order.id)
    assert answer.status == 200
    assert answer.body == {
        "order_id": str(order.id),
        "raffle_id": str(stage.raffle.id),
        "numbers": 10,
        "amount": {"minor": 2000, "currency": "CAD", "formatted": "CAD 20.00"},
        "refund": "done",
        "reason": "The buyer could not come",
        "voided_at": "2026-05-01T12:00:00.000000Z",
    }


def test_the_repeat_tells_where_the_money_stands_now(stage: Stage) -> None:
    order = stage.buy().checkout
    stage.fakes.payments.is_down = True
    assert _refund(order.id).body["refund"] == "due"
    stage.fakes.payments.is_down = False
    assert _refund(order.id).body["refund"] == "done"
    assert len(stage.fakes.payments.refunded) == 1


def test_refunding_again_is_refused(stage: Stage) -> None:
    order = stage.buy().checkout
    _refund(order.id)
    again = _refund(order.id, key="another-key")
    assert (again.status, again.code) == (409, "already-voided")


def test_unknown_order_is_not_found(stage: Stage) -> None:
    stage.buy()
    assert _refund(uuid4()).status == 404


def test_refuses_once_the_raffle_is_reconciled(stage: Stage) -> None:
    order = stage.buy().checkout
    stage.put_in(RaffleState.RECONCILED)
    answer = _refund(order.id)
    assert (answer.status, answer.code, answer.body["action"]) == (409, "state-refuses", "refund")


@pytest.mark.parametrize(
    ("role", "status"), [("viewer", 403), ("operator", 403), ("regulator", 403), ("admin", 200)]
)
def test_roles(stage: Stage, role: str, status: int) -> None:
    stage.fakes.transactions.add_staff(a_staff_member(role, stage.organization.id, role))
    assert _refund(stage.buy().checkout.id, subject=role).status == status
