"""GET /raffles/{raffle_id}/tickets/{ticket}."""

from uuid import uuid4

import pytest

from riff.handlers.public.show_ticket import handler
from riff.usecases.sales.void_order import VoidOrder, void_order
from riff_critical.lifecycle import RaffleState
from tests.support.claims import bought, won
from tests.support.fakes import Method
from tests.support.gateway import Answer, an_event, ask
from tests.support.stage import Stage


def _show(stage: Stage, ticket: object, raffle: object = None) -> Answer:
    path = "/raffles/{raffle_id}/tickets/{ticket}"
    variables = {"raffle_id": str(raffle or stage.raffle.id), "ticket": str(ticket)}
    return ask(handler, an_event("GET", path, variables=variables))


def _numbered(stage: Stage) -> str:
    ticket = stage.buy().ticket
    assert ticket is not None
    return ticket.validation_number


def test_shows_a_valid_ticket_and_keeps_its_secret(stage: Stage) -> None:
    number = _numbered(stage)
    answer = _show(stage, number)
    assert answer.status == 200
    assert answer.body == {
        "raffle_id": str(stage.raffle.id),
        "raffle": stage.raffle.name,
        "state": "paid",
        "numbers": list(range(stage.raffle.first_number, stage.raffle.first_number + 10)),
        "price": {"minor": 2000, "currency": "CAD", "formatted": "CAD 20.00"},
        "sold_at": "2026-05-01T12:00:00.000000Z",
        "wins": [],
    }
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("form", [str.lower, lambda text: text.replace("-", " "), lambda text: text])
def test_reads_a_validation_number_as_people_type_it(form, stage: Stage) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001 - text to text
    assert _show(stage, form(_numbered(stage))).status == 200


def test_the_name_of_the_order_shows_nothing(stage: Stage) -> None:
    """Whether there is such an order or not."""
    for name in (stage.buy().checkout.id, stage.buy(method=Method.PENDING, key="key-2").checkout.id, uuid4()):
        answer = _show(stage, name)
        assert (answer.status, answer.code) == (422, "ticket-misread")


def test_shows_that_a_ticket_is_void(stage: Stage) -> None:
    ticket = bought(stage)
    void_order(VoidOrder(stage.manager, ticket.order.id, "bought twice"), stage.fakes.services)
    body = _show(stage, ticket.validation_number).body
    assert (body["state"], body["voided_at"]) == ("voided", "2026-05-01T12:00:00.000000Z")
    assert "bought twice" not in str(body)


def test_shows_what_a_ticket_has_won_officially(stage: Stage) -> None:
    with stage.fakes.transactions.begin() as work:
        (prize,) = work.raffles.prizes(stage.raffle.id)
    winner, loser = stage.buy("key-1").ticket, stage.buy("key-2").ticket
    assert winner is not None
    assert loser is not None
    won(stage, winner, draw=1, prize_id=prize.id, expires_at=None)
    (win,) = _show(stage, winner.validation_number).body["wins"]
    assert (win["prize"], win["kind"], win["claim"]) == (prize.name, "grand", "open")
    assert win["number"] in winner.numbers
    assert win["amount"] == {"minor": 5000, "currency": "CAD", "formatted": "CAD 50.00"}
    assert _show(stage, loser.validation_number).body["wins"] == []


@pytest.mark.parametrize("text", ["", " ", "04T", "04T-7QZ2M8XH-!", "x" * 200])
def test_asks_to_read_a_number_again(text: str, stage: Stage) -> None:
    answer = _show(stage, text)
    assert (answer.status, answer.code) == (422, "ticket-misread")


def test_finds_no_ticket_that_was_never_sold(stage: Stage) -> None:
    number = _numbered(stage)
    other = Stage.of(fakes=stage.fakes)
    assert _show(other, number).status == 404
    assert _show(stage, number, raffle=uuid4()).status == 404


def test_finds_no_ticket_of_a_raffle_that_is_not_public(stage: Stage) -> None:
    number = _numbered(stage)
    stage.put_in(RaffleState.DRAFT)
    assert _show(stage, number).status == 404
