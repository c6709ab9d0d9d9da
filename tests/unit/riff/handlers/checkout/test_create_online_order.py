"""POST /raffles/{raffle_id}/orders."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from riff.handlers.checkout.create_online_order import handler
from riff.handlers.checkout.show_online_order import handler as show_online_order
from riff_critical.lifecycle import RaffleState
from tests.support.fakes import Method
from tests.support.gateway import KEY, Answer, an_event, ask
from tests.support.stage import Stage


def _buy(stage: Stage, **changes: object) -> Answer:
    body: dict[str, Any] = {
        "package_id": str(stage.package.id),
        "buyer": {"name": "Robin Buyer", "email": "robin@example.org"},
        "payment_method": Method.OK.value,
        **changes,
    }
    variables = {"raffle_id": str(stage.raffle.id)}
    route = "/raffles/{raffle_id}/orders"
    return ask(
        handler, an_event("POST", route, variables=variables, body=body, headers={"Idempotency-Key": KEY})
    )


def test_paid_order_comes_with_its_ticket(stage: Stage) -> None:
    answer = _buy(stage)
    assert (answer.status, answer.body["state"], answer.body["numbers"]) == (201, "paid", 10)
    assert answer.body["ticket"]["numbers"] == list(range(1, 11))
    assert len(answer.body["ticket"]["validation_number"]) == 14
    assert answer.body["price"]["formatted"] == "CAD 20.00"
    assert answer.headers["Location"] == f"/v1/orders/{answer.body['id']}"


@pytest.mark.parametrize("method", [Method.OK, Method.PENDING, Method.DECLINE, Method.TIMEOUT])
def test_every_order_comes_with_what_opens_it_to_the_buyer(stage: Stage, method: Method) -> None:
    order = _buy(stage, payment_method=method.value).body
    headers = {"Access-Token": order["access_token"]}
    shown = ask(
        show_online_order,
        an_event("GET", "/orders/{order_id}", variables={"order_id": order["id"]}, headers=headers),
    )
    assert (shown.status, shown.body["id"]) == (200, order["id"])


def test_repetition_buys_once(stage: Stage) -> None:
    first, again = _buy(stage), _buy(stage)
    assert (first.status, first.body) == (again.status, again.body)
    assert stage.fakes.payments.charge_calls == 1


def test_time_out_after_the_money_was_taken_then_five_retries(stage: Stage) -> None:
    answers = [_buy(stage, payment_method=Method.TIMEOUT.value) for _ in range(6)]
    assert [answer.body["state"] for answer in answers] == ["pending"] + ["paid"] * 5
    assert len(stage.fakes.payments.charges) == 1
    assert len(stage.fakes.transactions.tables.orders) == 1


def test_key_with_another_body_is_refused(stage: Stage) -> None:
    _buy(stage)
    answer = _buy(stage, buyer={"name": "Somebody Else", "email": "else@example.org"})
    assert (answer.status, answer.code) == (409, "idempotency-key-reused")


def test_declined_payment_is_an_order_without_a_ticket(stage: Stage) -> None:
    answer = _buy(stage, payment_method=Method.DECLINE.value)
    assert (answer.status, answer.body["state"]) == (201, "failed")
    assert "ticket" not in answer.body


def test_answers_with_a_failed_order_when_the_means_of_payment_is_not_known(stage: Stage) -> None:
    answer = _buy(stage, payment_method="cheque")
    assert (answer.status, answer.body["failure"]) == (201, "payment-method-unknown")


def test_repeats_no_personal_data(stage: Stage, log_lines: Callable[[], list[dict[str, Any]]]) -> None:
    assert "obin" not in str(_buy(stage).body)
    assert "obin" not in str(log_lines())


REFUSALS: dict[str, tuple[dict[str, object], int, str]] = {
    "unknown package": ({"package_id": str(uuid4())}, 404, "not-found"),
    "package that is no name": ({"package_id": "1"}, 422, "invalid-request"),
    "payment method with signs": ({"payment_method": "a;b"}, 422, "invalid-request"),
    "no mail address": ({"buyer": {"name": "R", "email": "robin"}}, 422, "invalid-request"),
    "mail address with a line break": (
        {"buyer": {"name": "R", "email": "r@example.org\nBcc:x@example.org"}},
        422,
        "invalid-request",
    ),
    "count of one's own": ({"numbers": 1000}, 422, "invalid-request"),
    "price of one's own": ({"price": {"minor": 1, "currency": "CAD"}}, 422, "invalid-request"),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_refuses(stage: Stage, name: str) -> None:
    changes, status, code = REFUSALS[name]
    answer = _buy(stage, **changes)
    assert (answer.status, answer.code) == (status, code)
    assert stage.fakes.transactions.tables.orders == {}


def test_refuses_after_the_close(stage: Stage) -> None:
    stage.put_in(RaffleState.SALES_CLOSED)
    answer = _buy(stage)
    assert (answer.status, answer.code, answer.body["state"]) == (409, "sales-closed", "sales_closed")
