"""PUT /staff/raffles/{raffle_id}."""

from riff.handlers.raffles.update_raffle import handler
from riff_critical.lifecycle import RaffleState
from tests.support.gateway import KEY, Answer, an_event, ask, claims
from tests.support.stage import Stage

BODY = {
    "name": "Another name",
    "sales_window": {"opens_at": "2026-05-01T12:00:00Z", "closes_at": "2026-05-01T18:00:00Z"},
    "numbering": "random",
    "rule_profile": "permissive",
    "sales_cap_minor": 100_000,
}


def _update(stage: Stage, **changes: object) -> Answer:
    event = an_event(
        "PUT",
        "/staff/raffles/{raffle_id}",
        variables={"raffle_id": str(stage.raffle.id)},
        body={**BODY, **changes},
        headers={"Idempotency-Key": KEY},
        token=claims(),
    )
    return ask(handler, event)


def test_answers_with_the_raffle_as_it_is_now(stage: Stage) -> None:
    stage.put_in(RaffleState.DRAFT)
    answer = _update(stage)
    assert (answer.status, answer.body["name"], answer.body["first_number"]) == (200, "Another name", 1)
    assert answer.body["sales_cap"] == {"minor": 100_000, "currency": "CAD", "formatted": "CAD 1,000.00"}


def test_an_active_raffle_is_frozen(stage: Stage) -> None:
    assert _update(stage).code == "state-refuses"
    assert _update(stage, rule_profile="lenient").code == "unknown-rule-profile"
