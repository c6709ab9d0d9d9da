"""POST /staff/raffles/{raffle_id}/closing."""

from riff.handlers.raffles.close_sales import handler
from tests.support.fakes import NOON
from tests.support.gateway import KEY, Answer, an_event, ask, claims
from tests.support.stage import Stage


def _close(stage: Stage, key: str = KEY) -> Answer:
    event = an_event(
        "POST",
        "/staff/raffles/{raffle_id}/closing",
        variables={"raffle_id": str(stage.raffle.id)},
        body={"reason": "The match was abandoned"},
        headers={"Idempotency-Key": key},
        token=claims(),
    )
    return ask(handler, event)


def test_answers_with_the_closed_raffle(stage: Stage) -> None:
    answer = _close(stage)
    assert (answer.status, answer.body["state"]) == (200, "sales_closed")
    assert answer.body["closed_at"] == f"{NOON:%Y-%m-%dT%H:%M:%S}.000000Z"


def test_closing_twice_is_refused_but_repeating_is_not(stage: Stage) -> None:
    first = _close(stage)
    assert first.body == _close(stage).body
    assert (_close(stage, key="another-key").code) == "state-refuses"
