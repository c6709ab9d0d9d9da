"""GET /orders/{order_id}."""

from uuid import UUID, uuid4

from riff.handlers.checkout.show_online_order import handler
from riff.handlers.sales.list_orders import handler as list_orders
from tests.support.asking import ask_as_staff
from tests.support.builders import a_staff_member
from tests.support.fakes import Method
from tests.support.gateway import Answer, an_event, ask
from tests.support.stage import Stage


def _show(order_id: UUID | str, token: str | None = None) -> Answer:
    headers = {} if token is None else {"Access-Token": token}
    variables = {"order_id": str(order_id)}
    return ask(handler, an_event("GET", "/orders/{order_id}", variables=variables, headers=headers))


def test_shows_the_ticket_to_the_buyer(stage: Stage) -> None:
    order = stage.buy()
    answer = _show(order.checkout.id, order.access_token)
    assert (answer.status, answer.body["state"], len(answer.body["ticket"]["numbers"])) == (200, "paid", 10)
    assert "voided_at" not in answer.body["ticket"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert "access_token" not in answer.body


def test_shows_no_ticket_to_staff_who_know_the_name_of_the_order(stage: Stage) -> None:
    stage.fakes.transactions.add_staff(a_staff_member("operator", stage.organization.id, "op"))
    ticket = stage.buy().ticket
    assert ticket is not None
    route, variables = "/staff/raffles/{raffle_id}/orders", {"raffle_id": stage.raffle.id}
    (listed,) = ask_as_staff(list_orders, route, variables, subject="op", method="GET").body["orders"]
    answer = _show(listed["id"])
    assert (answer.status, answer.body["state"]) == (200, "paid")
    assert "ticket" not in answer.body
    assert ticket.validation_number not in str(answer.body)


def test_a_wrong_token_finds_nothing(stage: Stage) -> None:
    bought, other = stage.buy(), stage.buy("key-2")
    for token in (other.access_token, "", "x" * 43):
        assert _show(bought.checkout.id, token).status == 404


def test_pending_order_has_no_ticket(stage: Stage) -> None:
    order = stage.buy(method=Method.PENDING)
    answer = _show(order.checkout.id, order.access_token)
    assert (answer.status, answer.body["state"]) == (200, "pending")
    assert "ticket" not in answer.body


def test_repeats_no_personal_data(stage: Stage) -> None:
    order = stage.buy()
    assert "obin" not in str(_show(order.checkout.id, order.access_token).body)


def test_names_cannot_be_guessed(stage: Stage) -> None:
    stage.buy()
    assert _show(uuid4()).status == 404
