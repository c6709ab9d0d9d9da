"""GET /orders/{order_id}."""

from uuid import UUID, uuid4

from riff.handlers.checkout.show_online_order import handler
from tests.support.fakes import Method
from tests.support.gateway import Answer, an_event, ask
from tests.support.stage import Stage


def _show(order_id: UUID) -> Answer:
    return ask(handler, an_event("GET", "/orders/{order_id}", variables={"order_id": str(order_id)}))


def test_shows_the_ticket(stage: Stage) -> None:
    order = stage.buy()
    answer = _show(order.checkout.id)
    assert (answer.status, answer.body["state"], len(answer.body["ticket"]["numbers"])) == (200, "paid", 10)
    assert "voided_at" not in answer.body["ticket"]
    assert answer.headers["Cache-Control"] == "no-store"


def test_pending_order_has_no_ticket(stage: Stage) -> None:
    answer = _show(stage.buy(method=Method.PENDING).checkout.id)
    assert (answer.status, answer.body["state"]) == (200, "pending")
    assert "ticket" not in answer.body


def test_repeats_no_personal_data(stage: Stage) -> None:
    assert "obin" not in str(_show(stage.buy().checkout.id).body)


def test_names_cannot_be_guessed(stage: Stage) -> None:
    stage.buy()
    assert _show(uuid4()).status == 404
