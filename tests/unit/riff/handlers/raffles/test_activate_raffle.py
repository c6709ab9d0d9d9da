"""POST /staff/raffles/{raffle_id}/activation."""

from riff.handlers.raffles.activate_raffle import handler
from riff_critical.lifecycle import RaffleState
from tests.support.gateway import KEY, Answer, an_event, ask, claims
from tests.support.stage import Stage


def _activate(stage: Stage) -> Answer:
    event = an_event(
        "POST",
        "/staff/raffles/{raffle_id}/activation",
        variables={"raffle_id": str(stage.raffle.id)},
        headers={"Idempotency-Key": KEY},
        token=claims(),
    )
    return ask(handler, event)


def test_answers_with_the_frozen_setup(stage: Stage) -> None:
    stage.put_in(RaffleState.CONFIGURED)
    answer = _activate(stage)
    assert (answer.status, answer.body["raffle"]["state"]) == (200, "active")


def test_wrong_state_is_named(stage: Stage) -> None:
    answer = _activate(stage)
    assert (answer.status, answer.code, answer.body["state"]) == (409, "state-refuses", "active")
