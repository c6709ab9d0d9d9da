"""PUT /staff/raffles/{raffle_id}/prizes."""

import pytest

from riff.handlers.raffles.set_prizes import handler
from tests.support.builders import a_raffle, a_staff_member
from tests.support.fakes import Fakes
from tests.support.gateway import KEY, STAFF_SUBJECT, Answer, an_event, ask, claims
from tests.support.stage import Stage

HALF = {"rank": 1, "name": "Half", "draw": "grand", "kind": "share", "share_bp": 5000}
JERSEY = {"rank": 1, "name": "Jersey", "draw": "early_bird", "kind": "fixed", "amount_minor": 25000}


@pytest.fixture
def stage(fakes: Fakes) -> Stage:
    """A raffle before activation, and a manager."""
    found = Stage.of(a_raffle().configured(), fakes)
    fakes.transactions.add_staff(a_staff_member(organization_id=found.organization.id, subject=STAFF_SUBJECT))
    return found


def _set(stage: Stage, *prizes: object) -> Answer:
    route = "/staff/raffles/{raffle_id}/prizes"
    event = an_event(
        "PUT",
        route,
        variables={"raffle_id": str(stage.raffle.id)},
        body={"prizes": prizes},
        headers={"Idempotency-Key": KEY},
        token=claims(),
    )
    return ask(handler, event)


def test_shows_each_prize_with_what_concerns_its_kind(stage: Stage) -> None:
    jersey, half = _set(stage, HALF, JERSEY).body["prizes"]
    assert jersey.keys() == {"id", "rank", "name", "draw", "kind", "winners", "amount"}
    assert jersey["amount"]["formatted"] == "CAD 250.00"
    assert (half["share_bp"], half["basis"], half["rounding"], half["rounding_minor"]) == (
        5000,
        "gross",
        "down",
        1,
    )


@pytest.mark.parametrize(
    ("prize", "pointer"),
    [
        ({**HALF, "amount_minor": 1}, "#/prizes/0"),
        ({**JERSEY, "amount_minor": 0}, "#/prizes/0"),
        ({**HALF, "share_bp": 10_001}, "#/prizes/0/share_bp"),
        ({**HALF, "cap_minor": 1, "guaranteed_minor": 2}, "#/prizes/0"),
        ({**HALF, "basis": "profit"}, "#/prizes/0/basis"),
    ],
)
def test_points_at_the_prize_that_is_wrong(stage: Stage, prize: object, pointer: str) -> None:
    answer = _set(stage, prize)
    assert (answer.status, [error["pointer"] for error in answer.body["errors"]]) == (422, [pointer])


def test_refuses_prizes_that_contradict_each_other(stage: Stage) -> None:
    assert _set(stage, HALF, HALF).status == 422
