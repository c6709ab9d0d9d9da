"""POST /staff/orders/{order_id}/reprint."""

from uuid import UUID, uuid4

import pytest

from riff.handlers.sales.reprint_ticket import handler
from riff.usecases.sales.void_order import VoidOrder, void_order
from tests.support.builders import a_staff_member
from tests.support.gateway import KEY, STAFF_SUBJECT, Answer, an_event, ask, claims
from tests.support.stage import Stage


def _reprint(order_id: UUID, key: str = KEY, subject: str = STAFF_SUBJECT) -> Answer:
    event = an_event(
        "POST",
        "/staff/orders/{order_id}/reprint",
        variables={"order_id": str(order_id)},
        body={"reason": "The printer jammed"},
        headers={"Idempotency-Key": key},
        token=claims(subject),
    )
    return ask(handler, event)


def test_the_copy_is_the_ticket_and_says_that_it_is_a_copy(stage: Stage) -> None:
    bought = stage.buy()
    assert bought.ticket is not None
    answer = _reprint(bought.checkout.id)
    assert answer.status == 200
    assert answer.body == {
        "order_id": str(bought.checkout.id),
        "copy": 1,
        "ticket": {
            "numbers": list(bought.ticket.numbers),
            "validation_number": bought.ticket.validation_number,
            "sold_at": "2026-05-01T12:00:00.000000Z",
        },
    }


def test_a_repeat_is_the_same_copy_and_another_request_the_next(stage: Stage) -> None:
    order_id = stage.buy().checkout.id
    first, again, other = [_reprint(order_id, key).body for key in (KEY, KEY, "another-key")]
    assert first == again
    assert (first["copy"], other["copy"]) == (1, 2)


def test_no_validation_number_is_kept_with_the_answers_to_commands(stage: Stage) -> None:
    number = _reprint(stage.buy().checkout.id).body["ticket"]["validation_number"]
    tables = stage.fakes.transactions.tables
    assert number not in f"{tables.replies} {tables.reprints} {tables.reprint_requests}"


def test_a_key_belongs_to_one_copy(stage: Stage) -> None:
    _reprint(stage.buy().checkout.id)
    answer = _reprint(stage.buy(key="another-buyer").checkout.id)
    assert (answer.status, answer.code) == (409, "idempotency-key-reused")


def test_a_void_order_has_no_ticket(stage: Stage) -> None:
    order_id = stage.buy().checkout.id
    void_order(VoidOrder(stage.manager, order_id, "bought twice"), stage.fakes.services)
    answer = _reprint(order_id)
    assert (answer.status, answer.code) == (409, "already-voided")


def test_unknown_order_is_not_found(stage: Stage) -> None:
    stage.buy()
    assert _reprint(uuid4()).status == 404


@pytest.mark.parametrize(
    ("role", "status"), [("viewer", 403), ("operator", 200), ("regulator", 403), ("admin", 200)]
)
def test_roles(stage: Stage, role: str, status: int) -> None:
    stage.fakes.transactions.add_staff(a_staff_member(role, stage.organization.id, role))
    assert _reprint(stage.buy().checkout.id, subject=role).status == status
