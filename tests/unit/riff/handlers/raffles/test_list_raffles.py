"""GET /staff/organizations/{organization_id}/raffles."""

from riff.handlers.raffles.list_raffles import handler
from tests.support.builders import a_raffle
from tests.support.gateway import Answer, an_event, ask, claims
from tests.support.stage import Stage


def _list(stage: Stage, **query: list[str]) -> Answer:
    event = an_event(
        "GET",
        "/staff/organizations/{organization_id}/raffles",
        variables={"organization_id": str(stage.organization.id)},
        query=query or None,
        token=claims(),
    )
    return ask(handler, event)


def test_leads_from_page_to_page(stage: Stage) -> None:
    with stage.fakes.transactions.begin() as work:
        newer = a_raffle().draft().of(stage.organization).stored(work)
    first = _list(stage, limit=["1"])
    assert first.status == 200
    assert [raffle["id"] for raffle in first.body["raffles"]] == [str(newer.id)]
    last = _list(stage, limit=["1"], cursor=[first.body["next_cursor"]])
    assert [raffle["state"] for raffle in last.body["raffles"]] == ["active"]
    assert "next_cursor" not in last.body


def test_refuses_a_cursor_that_is_none(stage: Stage) -> None:
    assert _list(stage, cursor=["nonsense"]).code == "invalid-request"
