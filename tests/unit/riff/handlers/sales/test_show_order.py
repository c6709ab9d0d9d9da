"""GET /staff/orders/{order_id}."""

from uuid import UUID, uuid4

import pytest

from riff.domain.identifiers import OrderId
from riff.handlers.sales.show_order import handler
from riff.usecases.checkout.receive_payment_notice import ReceivePaymentNotice, receive_payment_notice
from riff.usecases.sales.reprint_ticket import ReprintTicket, reprint_ticket
from riff.usecases.sales.void_order import VoidOrder, void_order
from tests.support.builders import a_staff_member
from tests.support.builders.units import a_request
from tests.support.fakes import Method
from tests.support.gateway import STAFF_SUBJECT, Answer, an_event, ask, claims
from tests.support.stage import Stage


def _show(order_id: UUID, subject: str = STAFF_SUBJECT) -> Answer:
    event = an_event(
        "GET", "/staff/orders/{order_id}", variables={"order_id": str(order_id)}, token=claims(subject)
    )
    return ask(handler, event)


def test_shows_what_was_sold_to_whom(stage: Stage) -> None:
    bought = stage.buy()
    answer = _show(bought.checkout.id)
    assert answer.status == 200
    assert answer.body["state"] == "paid"
    assert answer.body["sale"]["numbers"] == list(range(1, 11))
    assert answer.body["checkout"]["buyer"] == {"name": "Robin Buyer", "email": "robin@example.org"}
    assert answer.body["notices"] == answer.body["reprints"] == []
    assert bought.ticket is not None
    assert bought.ticket.validation_number not in str(answer.body)


def test_shows_what_became_of_it(stage: Stage) -> None:
    services, order_id = stage.fakes.services, stage.buy().checkout.id
    receive_payment_notice(ReceivePaymentNotice(*stage.fakes.payments.notice(order_id)), services)
    reprint_ticket(
        ReprintTicket(stage.manager, order_id, "The printer jammed", a_request("reprint_ticket staff:kim")),
        services,
    )
    void_order(VoidOrder(stage.manager, order_id, "bought twice"), services)
    body = _show(order_id).body
    assert (body["state"], body["checkout"]["refund"], body["void"]["reason"]) == (
        "voided",
        "due",
        "bought twice",
    )
    instant = "2026-05-01T12:00:00.000000Z"
    assert body["notices"] == [{"id": "evt_1", "told": "succeeded", "admitted_at": instant}]
    assert body["reprints"] == [
        {
            "copy": 1,
            "reason": "The printer jammed",
            "reprinted_by": stage.manager.label,
            "reprinted_at": instant,
        }
    ]


def test_shows_an_order_that_has_no_numbers(stage: Stage) -> None:
    body = _show(stage.buy(method=Method.DECLINE).checkout.id).body
    assert (body["state"], body["checkout"]["failure"]) == ("failed", "payment-declined")
    assert "sale" not in body


def test_unknown_order_is_not_found(stage: Stage) -> None:
    stage.buy()
    assert _show(uuid4()).status == 404
    assert _show(OrderId(stage.raffle.id)).status == 404


@pytest.mark.parametrize(
    ("role", "status"), [("viewer", 403), ("operator", 200), ("regulator", 200), ("admin", 200)]
)
def test_roles(stage: Stage, role: str, status: int) -> None:
    stage.fakes.transactions.add_staff(a_staff_member(role, stage.organization.id, role))
    assert _show(stage.buy().checkout.id, subject=role).status == status
