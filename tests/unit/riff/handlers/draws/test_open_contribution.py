"""POST /staff/raffles/{raffle_id}/contributions."""

import pytest

from riff.domain.raffles.profile import DrawMode
from riff.handlers.draws.open_contribution import handler
from tests.support.drawing import DrawStage, secret
from tests.support.gateway import KEY, STAFF_SUBJECT, Answer, an_event, ask, claims


def _ask(draws: DrawStage, body: dict[str, object], key: str = KEY, subject: str = STAFF_SUBJECT) -> Answer:
    event = an_event(
        "POST",
        "/staff/raffles/{raffle_id}/contributions",
        variables={"raffle_id": str(draws.stage.raffle.id)},
        body=body,
        headers={"Idempotency-Key": key},
        token=claims(subject),
    )
    return ask(handler, event)


def _wish(value: str) -> dict[str, object]:
    return {"party": "club", "draw": 1, "attempt": 1, "value": value}


@pytest.mark.parametrize("draws", [DrawMode.COMMIT_REVEAL], indirect=True)
def test_answers_with_when_it_was_opened(draws: DrawStage) -> None:
    answer = _ask(draws.sealed(), _wish(secret("club", 1, 1).hex()))
    assert answer.status == 200
    assert answer.body["opened_at"] == "2026-05-01T17:10:00.000000Z"


@pytest.mark.parametrize("draws", [DrawMode.COMMIT_REVEAL], indirect=True)
def test_refuses_another_value(draws: DrawStage) -> None:
    answer = _ask(draws.sealed(), _wish("ab" * 32))
    assert (answer.status, answer.code) == (409, "contribution-refused")
    assert _ask(draws, _wish("ab" * 65)).status == 422
