"""PUT /staff/raffles/{raffle_id}/ranges."""

from riff.handlers.raffles.set_ranges import handler
from riff_critical.lifecycle import RaffleState
from tests.support.gateway import KEY, Answer, an_event, ask, claims
from tests.support.stage import Stage


def _divide(stage: Stage, *ranges: object) -> Answer:
    event = an_event(
        "PUT",
        "/staff/raffles/{raffle_id}/ranges",
        variables={"raffle_id": str(stage.raffle.id)},
        body={"ranges": ranges},
        headers={"Idempotency-Key": KEY},
        token=claims(),
    )
    return ask(handler, event)


def test_answers_with_the_ranges(stage: Stage) -> None:
    stage.put_in(RaffleState.CONFIGURED)
    sizes = {"online": 700, "sales_unit": 300, "reserve": 10}
    answer = _divide(stage, *({"channel": channel, "size": size} for channel, size in sizes.items()))
    assert answer.status == 200
    assert answer.body["ranges"] == [
        {"channel": "online", "first_slot": 0, "size": 700},
        {"channel": "sales_unit", "first_slot": 700, "size": 300},
        {"channel": "reserve", "first_slot": 1000, "size": 10},
    ]


def test_points_at_what_is_wrong(stage: Stage) -> None:
    answer = _divide(stage, {"channel": "online", "size": 0})
    assert (answer.code, answer.body["errors"][0]["pointer"]) == ("invalid-request", "#/ranges/0/size")
