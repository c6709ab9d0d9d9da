"""GET /raffles."""

from datetime import timedelta

import pytest

from riff.handlers.public.list_open_raffles import handler
from tests.support.builders import a_raffle, an_organization
from tests.support.fakes import NOON, Fakes
from tests.support.gateway import Answer, an_event, ask


def _list(**query: str) -> Answer:
    return ask(handler, an_event("GET", "/raffles", query={name: [value] for name, value in query.items()}))


@pytest.fixture
def names(fakes: Fakes) -> list[str]:
    """Five raffles on sale and one that is not, soonest close first."""
    organization = an_organization()
    fakes.transactions.add_organization(organization)
    found = []
    with fakes.transactions.begin() as work:
        for days in range(1, 6):
            builder = a_raffle().of(organization).active()
            found.append(builder.on_sale(NOON, NOON + timedelta(days=days)).stored(work))
        a_raffle().of(organization).configured().stored(work)
    return [str(raffle.id) for raffle in found]


def test_lists_what_sells_now(names: list[str]) -> None:
    answer = _list()
    assert [raffle["id"] for raffle in answer.body["raffles"]] == names
    assert "next_cursor" not in answer.body
    assert answer.headers["Cache-Control"] == "public, max-age=5"


def test_pages_lead_through_the_whole_list(names: list[str]) -> None:
    seen: list[str] = []
    page = _list(limit="2")
    while True:
        seen += [raffle["id"] for raffle in page.body["raffles"]]
        if "next_cursor" not in page.body:
            break
        page = _list(limit="2", cursor=page.body["next_cursor"])
    assert seen == names


@pytest.mark.usefixtures("fakes")
def test_empty_list_is_a_page() -> None:
    assert _list().body == {"raffles": []}


@pytest.mark.usefixtures("names")
@pytest.mark.parametrize("cursor", ["", "x", "AAAA", "e30", "bnVsbA", "WzFd", "%", "a b", "é", "W1tb" * 100])
def test_refuses_what_is_no_cursor(cursor: str) -> None:
    answer = _list(cursor=cursor)
    assert (answer.status, answer.body["errors"][0]["parameter"]) == (422, "cursor")


@pytest.mark.usefixtures("names")
@pytest.mark.parametrize("limit", ["0", "101", "-1", "two"])
def test_refuses_a_limit_outside_its_limits(limit: str) -> None:
    assert _list(limit=limit).status == 422
