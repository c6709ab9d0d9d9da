"""POST /staff/raffles/{raffle_id}/redraws."""

from riff.handlers.draws.redraw import handler
from tests.support.drawing import DrawStage
from tests.support.gateway import KEY, STAFF_SUBJECT, Answer, an_event, ask, claims


def _ask(draws: DrawStage, body: dict[str, object], key: str = KEY, subject: str = STAFF_SUBJECT) -> Answer:
    event = an_event(
        "POST",
        "/staff/raffles/{raffle_id}/redraws",
        variables={"raffle_id": str(draws.stage.raffle.id)},
        body=body,
        headers={"Idempotency-Key": key},
        token=claims(subject),
    )
    return ask(handler, event)


def test_promotes_an_alternate_on_two_words(draws: DrawStage) -> None:
    draws.sealed().start()
    wish = {"draw": 1, "winner": 0, "reason": "Not yet of age"}
    first = _ask(draws, wish)
    assert (first.status, first.body["winners"][0]["substituted"]) == (200, False)
    second = _ask(draws, wish, subject="other")
    assert second.body["winners"][0]["substituted"] is True
    assert second.body["winners"][0]["number"] == first.body["alternates"][0]
    words = sorted(word["decision"] for word in second.body["approvals"])
    assert words == ["start", "substitute", "substitute"]


def test_refuses_to_give_up_what_can_be_held(draws: DrawStage) -> None:
    answer = _ask(draws.sealed(), {"draw": 1, "reason": "Another try"})
    assert (answer.status, answer.code) == (409, "draw-possible")


def test_needs_a_reason(draws: DrawStage) -> None:
    assert _ask(draws.sealed(), {"draw": 1, "reason": ""}).status == 422
    assert _ask(draws, {"draw": 1}).status == 422
