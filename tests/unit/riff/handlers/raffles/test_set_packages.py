"""PUT /staff/raffles/{raffle_id}/packages."""

import pytest

from riff.handlers.raffles.set_packages import handler
from tests.support.builders import a_raffle, a_staff_member
from tests.support.fakes import Fakes
from tests.support.gateway import KEY, STAFF_SUBJECT, Answer, an_event, ask, claims
from tests.support.stage import Stage

TEN = {"label": "Ten", "numbers": 10, "price_minor": 2000, "channels": ["online"]}


@pytest.fixture
def stage(fakes: Fakes) -> Stage:
    """A draft, and a manager."""
    found = Stage.of(a_raffle().draft(), fakes)
    fakes.transactions.add_staff(a_staff_member(organization_id=found.organization.id, subject=STAFF_SUBJECT))
    return found


def _set(stage: Stage, *packages: object) -> Answer:
    route = "/staff/raffles/{raffle_id}/packages"
    event = an_event(
        "PUT",
        route,
        variables={"raffle_id": str(stage.raffle.id)},
        body={"packages": packages},
        headers={"Idempotency-Key": KEY},
        token=claims(),
    )
    return ask(handler, event)


def test_shows_the_whole_setup(stage: Stage) -> None:
    answer = _set(stage, TEN, {**TEN, "label": "Later", "on_sale_from": "2026-05-02T00:00:00Z"})
    assert answer.status == 200
    first, second = answer.body["packages"]
    assert first["price"] == {"minor": 2000, "currency": "CAD", "formatted": "CAD 20.00"}
    assert second["on_sale_from"] == "2026-05-02T00:00:00.000000Z"
    assert first["id"] != second["id"]
    assert "on_sale_from" not in first
    assert answer.body["raffle"]["id"] == str(stage.raffle.id)


def test_points_at_the_package_that_is_wrong(stage: Stage) -> None:
    backwards = {**TEN, "on_sale_from": "2026-05-02T00:00:00Z", "on_sale_until": "2026-05-01T00:00:00Z"}
    answer = _set(stage, TEN, {**TEN, "numbers": 0}, backwards, {**TEN, "channels": []})
    assert answer.status == 422
    assert [error["pointer"] for error in answer.body["errors"]] == [
        "#/packages/1/numbers",
        "#/packages/2",
        "#/packages/3/channels",
    ]


def test_use_cases_refusals_point_into_the_body_too(stage: Stage) -> None:
    answer = _set(stage, {**TEN, "on_sale_until": "2020-01-01T00:00:00Z"})
    assert (answer.status, answer.body["errors"][0]["pointer"]) == (422, "#/packages/0")
