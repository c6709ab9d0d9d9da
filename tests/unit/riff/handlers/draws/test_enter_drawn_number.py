"""POST /staff/raffles/{raffle_id}/drawn-numbers."""

import pytest

from riff.domain.raffles.profile import DrawMode
from riff.handlers.draws.enter_drawn_number import handler
from tests.support.drawing import DrawStage
from tests.support.gateway import KEY, STAFF_SUBJECT, Answer, an_event, ask, claims


def _ask(draws: DrawStage, body: dict[str, object], key: str = KEY, subject: str = STAFF_SUBJECT) -> Answer:
    event = an_event(
        "POST",
        "/staff/raffles/{raffle_id}/drawn-numbers",
        variables={"raffle_id": str(draws.stage.raffle.id)},
        body=body,
        headers={"Idempotency-Key": key},
        token=claims(subject),
    )
    return ask(handler, event)


def _foil(draws: DrawStage, order: int = 0) -> dict[str, object]:
    ticket = draws.tickets()[order]
    return {"draw": 1, "number": ticket.numbers[0], "validation_number": ticket.validation_number}


@pytest.mark.parametrize("draws", [DrawMode.MANUAL], indirect=True)
def test_answers_with_how_far_the_draw_has_come(draws: DrawStage) -> None:
    draws.sealed().start()
    one = _ask(draws, _foil(draws))
    assert (one.status, one.body["by_hand"]) == (200, {"agreed": 0, "round": 0, "waiting": True})
    both = _ask(draws, _foil(draws), subject="other")
    assert both.body["by_hand"] == {"agreed": 1, "round": 0, "waiting": False}


@pytest.mark.parametrize("draws", [DrawMode.MANUAL], indirect=True)
def test_the_same_person_is_refused(draws: DrawStage) -> None:
    draws.sealed().start()
    _ask(draws, _foil(draws))
    again = _ask(draws, _foil(draws), key="another-key")
    assert (again.status, again.code) == (409, "drawn-already-entered")


@pytest.mark.parametrize("draws", [DrawMode.MANUAL], indirect=True)
def test_a_void_number_is_refused(draws: DrawStage) -> None:
    draws.sealed().start()
    answer = _ask(draws, _foil(draws, order=3))
    assert (answer.status, answer.code) == (409, "drawn-number-refused")
