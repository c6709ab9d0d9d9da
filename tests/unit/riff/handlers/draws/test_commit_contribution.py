"""POST /staff/raffles/{raffle_id}/contribution-commitments."""

import pytest

from riff.domain.raffles.profile import DrawMode
from riff.handlers.draws.commit_contribution import handler
from tests.support.drawing import DrawStage
from tests.support.gateway import KEY, STAFF_SUBJECT, Answer, an_event, ask, claims


def _ask(draws: DrawStage, body: dict[str, object], key: str = KEY, subject: str = STAFF_SUBJECT) -> Answer:
    event = an_event(
        "POST",
        "/staff/raffles/{raffle_id}/contribution-commitments",
        variables={"raffle_id": str(draws.stage.raffle.id)},
        body=body,
        headers={"Idempotency-Key": key},
        token=claims(subject),
    )
    return ask(handler, event)


def _wish(party: str = "club", commitment: str = "ab" * 32) -> dict[str, object]:
    return {"commitments": [{"party": party, "draw": 1, "attempt": 1, "commitment": commitment}]}


@pytest.mark.parametrize("draws", [DrawMode.COMMIT_REVEAL], indirect=True)
def test_answers_with_how_many_there_are(draws: DrawStage) -> None:
    answer = _ask(draws, _wish())
    assert (answer.status, answer.body) == (200, {"commitments": 1})


@pytest.mark.parametrize("draws", [DrawMode.COMMIT_REVEAL], indirect=True)
@pytest.mark.parametrize("commitment", ["AB" * 32, "ab" * 31, "", "zz" * 32])
def test_refuses_what_is_no_commitment(draws: DrawStage, commitment: str) -> None:
    assert _ask(draws, _wish(commitment=commitment)).status == 422


def test_refuses_a_party_that_is_not_named(draws: DrawStage) -> None:
    answer = _ask(draws, _wish())
    assert (answer.status, answer.code) == (409, "contribution-refused")
