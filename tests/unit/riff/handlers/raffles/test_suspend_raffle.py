"""POST /staff/raffles/{raffle_id}/suspension."""

from riff.handlers.raffles.suspend_raffle import handler
from tests.support.gateway import KEY, Answer, an_event, ask, claims
from tests.support.stage import Stage


def _post(stage: Stage, key: str = KEY) -> Answer:
    event = an_event(
        "POST",
        "/staff/raffles/{raffle_id}/suspension",
        variables={"raffle_id": str(stage.raffle.id)},
        body={"reason": "The printers are down"},
        headers={"Idempotency-Key": key},
        token=claims(),
    )
    return ask(handler, event)


def test_answers_with_the_raffle(stage: Stage) -> None:
    answer = _post(stage)
    assert (answer.status, answer.body["state"]) == (200, "suspended")


def test_repeating_changes_nothing_and_a_second_command_is_refused(stage: Stage) -> None:
    first = _post(stage)
    events = len(stage.fakes.transactions.events())
    assert first.body == _post(stage).body
    assert events == len(stage.fakes.transactions.events())
    assert _post(stage, key="another-key").code == "state-refuses"
