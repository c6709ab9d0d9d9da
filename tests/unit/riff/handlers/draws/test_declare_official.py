"""POST /staff/raffles/{raffle_id}/official-results."""

from riff.handlers.draws.declare_official import handler
from tests.support.drawing import DrawStage
from tests.support.gateway import KEY, STAFF_SUBJECT, Answer, an_event, ask, claims


def _ask(draws: DrawStage, body: dict[str, object], key: str = KEY, subject: str = STAFF_SUBJECT) -> Answer:
    event = an_event(
        "POST",
        "/staff/raffles/{raffle_id}/official-results",
        variables={"raffle_id": str(draws.stage.raffle.id)},
        body=body,
        headers={"Idempotency-Key": key},
        token=claims(subject),
    )
    return ask(handler, event)


def test_answers_with_the_official_result(draws: DrawStage) -> None:
    draws.sealed().start()
    answer = _ask(draws, {"draw": 1}, subject="other")
    assert (answer.status, answer.body["state"], answer.body["official_by"]) == (
        200,
        "official",
        "staff:other",
    )


def test_a_draw_without_result_is_refused(draws: DrawStage) -> None:
    answer = _ask(draws.sealed(), {"draw": 1})
    assert (answer.status, answer.code) == (409, "state-refuses")


def test_repeating_is_answered(draws: DrawStage) -> None:
    draws.sealed().start()
    assert _ask(draws, {"draw": 1}).body == _ask(draws, {"draw": 1}).body
