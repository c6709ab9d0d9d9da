"""GET /units/me/raffles."""

import pytest

from riff.handlers.units.list_enrollable_raffles import handler
from tests.support.asking import ask_as_unit
from tests.support.booth import Booth
from tests.support.builders import a_raffle

ROUTE = "/units/me/raffles"


def test_lists_the_raffles_that_the_unit_can_enrol_in(booth: Booth) -> None:
    (raffle,) = ask_as_unit(handler, ROUTE, method="GET").body["raffles"]
    assert raffle == {
        "id": str(booth.stage.raffle.id),
        "event_number": booth.stage.raffle.event_number,
        "name": "Saturday Night 50/50",
        "sales_window": {
            "opens_at": "2026-05-01T11:00:00.000000Z",
            "closes_at": "2099-12-31T00:00:00.000000Z",
        },
    }


def test_pages_lead_through_the_whole_list(booth: Booth) -> None:
    with booth.stage.fakes.transactions.begin() as work:
        other = a_raffle().active().of(booth.stage.organization).stored(work)
    first = ask_as_unit(handler, ROUTE, query={"limit": ["1"]}, method="GET").body
    query = {"limit": ["1"], "cursor": [first["next_cursor"]]}
    rest = ask_as_unit(handler, ROUTE, query=query, method="GET").body
    seen = {first["raffles"][0]["id"], rest["raffles"][0]["id"]}
    assert seen == {str(booth.stage.raffle.id), str(other.id)}
    assert "next_cursor" not in rest


@pytest.mark.usefixtures("booth")
def test_staff_are_no_unit() -> None:
    answer = ask_as_unit(handler, ROUTE, device="operator-1", method="GET")
    assert (answer.status, answer.code) == (401, "not-authenticated")
