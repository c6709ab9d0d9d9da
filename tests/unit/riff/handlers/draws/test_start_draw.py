"""POST /staff/raffles/{raffle_id}/draws."""

import pytest

from riff.domain.raffles.profile import DrawMode
from riff.handlers.draws.start_draw import handler
from tests.support.drawing import DrawStage
from tests.support.gateway import KEY, STAFF_SUBJECT, Answer, an_event, ask, claims


def _ask(draws: DrawStage, body: dict[str, object], key: str = KEY, subject: str = STAFF_SUBJECT) -> Answer:
    event = an_event(
        "POST",
        "/staff/raffles/{raffle_id}/draws",
        variables={"raffle_id": str(draws.stage.raffle.id)},
        body=body,
        headers={"Idempotency-Key": key},
        token=claims(subject),
    )
    return ask(handler, event)


def test_answers_with_the_winners(draws: DrawStage) -> None:
    draws.sealed()
    answer = _ask(draws, {"draw": 1})
    assert answer.status == 200
    assert (answer.body["state"], answer.body["mode"], answer.body["attempt"]) == ("drawn", "rng_only", 1)
    assert [winner["amount"]["minor"] for winner in answer.body["winners"]] == [10_000]
    assert len(answer.body["alternates"]) == 2


def test_the_same_command_is_answered_again_and_another_refused(draws: DrawStage) -> None:
    draws.sealed()
    assert _ask(draws, {"draw": 1}).body == _ask(draws, {"draw": 1}).body
    again = _ask(draws, {"draw": 1}, key="another-key")
    assert (again.status, again.code) == (409, "already-drawn")


@pytest.mark.parametrize("draws", [DrawMode.COMMIT_REVEAL], indirect=True)
def test_what_is_missing_is_named(draws: DrawStage) -> None:
    draws.sealed()
    answer = _ask(draws, {"draw": 1})
    assert (answer.status, answer.code, answer.body["mode"]) == (409, "entropy-unavailable", "commit_reveal")


@pytest.mark.parametrize("draw", [0, 101, "1", True, None])
def test_refuses_what_is_no_draw(draws: DrawStage, draw: object) -> None:
    assert _ask(draws, {"draw": draw}).status == 422


def test_unknown_draw_is_not_found(draws: DrawStage) -> None:
    assert _ask(draws.sealed(), {"draw": 3}).status == 404
