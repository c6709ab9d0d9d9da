"""GET /staff/raffles/{raffle_id}/draws."""

from riff.handlers.draws.show_draw import handler
from tests.support.drawing import DrawStage
from tests.support.gateway import Answer, an_event, ask, claims


def _ask(draws: DrawStage, draw: str | None = None) -> Answer:
    event = an_event(
        "GET",
        "/staff/raffles/{raffle_id}/draws",
        variables={"raffle_id": str(draws.stage.raffle.id)},
        query={"draw": [draw]} if draw else {},
        token=claims(),
    )
    return ask(handler, event)


def test_answers_with_the_first_draw_unless_told_which(draws: DrawStage) -> None:
    draws.sealed()
    assert _ask(draws).body["name"] == "early-bird"
    answer = _ask(draws, "2")
    assert answer.body == {
        "raffle_id": str(draws.stage.raffle.id),
        "draw": 2,
        "name": "grand",
        "state": "committed",
        "attempt": 1,
        "passed_over": [],
        "failures": [],
        "approvals": [],
        "winners": [],
        "alternates": [],
    }


def test_refuses_what_is_no_draw_and_what_is_not_sealed(draws: DrawStage) -> None:
    assert _ask(draws).status == 409
    draws.sealed()
    assert _ask(draws, "x").status == 422
    assert _ask(draws, "3").status == 404
