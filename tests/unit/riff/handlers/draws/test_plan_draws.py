"""PUT /staff/raffles/{raffle_id}/draw-plan."""

from riff.handlers.draws.plan_draws import handler
from riff_critical.lifecycle import RaffleState
from tests.support.drawing import DrawStage
from tests.support.gateway import KEY, STAFF_SUBJECT, Answer, an_event, ask, claims


def _ask(draws: DrawStage, body: dict[str, object], key: str = KEY, subject: str = STAFF_SUBJECT) -> Answer:
    event = an_event(
        "PUT",
        "/staff/raffles/{raffle_id}/draw-plan",
        variables={"raffle_id": str(draws.stage.raffle.id)},
        body=body,
        headers={"Idempotency-Key": key},
        token=claims(subject),
    )
    return ask(handler, event)


def test_answers_with_the_plan_and_its_defaults(draws: DrawStage) -> None:
    draws.stage.put_in(RaffleState.CONFIGURED)
    answer = _ask(draws, {"early_bird_until": "2026-05-01T09:00:00-04:00", "contributors": ["club"]})
    assert answer.status == 200
    assert answer.body == {
        "early_bird_until": "2026-05-01T13:00:00.000000Z",
        "attempts": 3,
        "seal_within_s": 86_400,
        "contributors": ["club"],
    }


def test_refuses_a_contributor_named_twice(draws: DrawStage) -> None:
    draws.stage.put_in(RaffleState.CONFIGURED)
    answer = _ask(draws, {"contributors": ["club", "club"]})
    assert (answer.status, answer.body["errors"][0]["pointer"]) == (422, "#/contributors")


def test_refuses_once_the_raffle_is_active(draws: DrawStage) -> None:
    answer = _ask(draws, {"attempts": 1})
    assert (answer.status, answer.code) == (409, "state-refuses")
