"""POST /staff/orders/{order_id}/void."""

from uuid import UUID, uuid4

import pytest

from riff.handlers.sales.void_order import handler
from riff_critical.lifecycle import RaffleState
from tests.support.builders import a_staff_member
from tests.support.gateway import KEY, STAFF_SUBJECT, Answer, an_event, ask, claims
from tests.support.stage import Stage


def _void(order_id: UUID, key: str = KEY, subject: str = STAFF_SUBJECT) -> Answer:
    event = an_event(
        "POST",
        "/staff/orders/{order_id}/void",
        variables={"order_id": str(order_id)},
        body={"reason": "Sold twice by mistake"},
        headers={"Idempotency-Key": key},
        token=claims(subject),
    )
    return ask(handler, event)


def test_answers_with_the_void(stage: Stage) -> None:
    order = stage.buy().checkout
    answer = _void(order.id)
    assert answer.status == 200
    assert answer.body == {
        "order_id": str(order.id),
        "raffle_id": str(stage.raffle.id),
        "numbers": 10,
        "amount": {"minor": 2000, "currency": "CAD", "formatted": "CAD 20.00"},
        "refund": "due",
        "reason": "Sold twice by mistake",
        "voided_at": "2026-05-01T12:00:00.000000Z",
    }


def test_repeating_is_answered_and_voiding_again_is_refused(stage: Stage) -> None:
    order = stage.buy().checkout
    assert _void(order.id).body == _void(order.id).body
    again = _void(order.id, key="another-key")
    assert (again.status, again.code) == (409, "already-voided")


def test_unknown_order_is_not_found(stage: Stage) -> None:
    stage.buy()
    assert _void(uuid4()).status == 404


def test_refuses_once_the_raffle_is_reconciled(stage: Stage) -> None:
    order = stage.buy().checkout
    stage.put_in(RaffleState.RECONCILED)
    answer = _void(order.id)
    assert (answer.status, answer.code, answer.body["state"]) == (409, "state-refuses", "reconciled")


@pytest.mark.parametrize(
    ("role", "status"), [("viewer", 403), ("operator", 403), ("regulator", 403), ("admin", 200)]
)
def test_roles(stage: Stage, role: str, status: int) -> None:
    stage.fakes.transactions.add_staff(a_staff_member(role, stage.organization.id, role))
    assert _void(stage.buy().checkout.id, subject=role).status == status
