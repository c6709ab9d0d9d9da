"""GET /raffles/{raffle_id}/jackpot."""

from riff.handlers.public.show_jackpot import handler
from riff_critical.lifecycle import RaffleState
from tests.support.gateway import an_event, ask
from tests.support.stage import Stage


def test_shows_what_the_prizes_come_to(stage: Stage) -> None:
    stage.buy()
    route = "/raffles/{raffle_id}/jackpot"
    answer = ask(handler, an_event("GET", route, variables={"raffle_id": str(stage.raffle.id)}))
    assert answer.status == 200
    assert answer.body["jackpot"] == {"minor": 1000, "currency": "CAD", "formatted": "CAD 10.00"}
    assert (answer.body["estimate"], answer.body["as_of"]) == (True, "2026-05-01T12:00:00.000000Z")
    assert answer.body["max_age_s"] == 2
    assert [prize["amount"]["minor"] for prize in answer.body["prizes"]] == [1000]
    assert answer.headers["Cache-Control"] == "public, max-age=2"


def test_is_final_once_the_raffle_is_sealed(stage: Stage) -> None:
    stage.put_in(RaffleState.SEALED)
    route = "/raffles/{raffle_id}/jackpot"
    answer = ask(handler, an_event("GET", route, variables={"raffle_id": str(stage.raffle.id)}))
    assert answer.body["estimate"] is False
