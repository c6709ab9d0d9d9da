"""POST /staff/raffles."""

from typing import Any
from uuid import uuid4

import pytest

from riff.handlers.raffles.create_raffle import handler
from tests.support.gateway import KEY, Answer, an_event, ask, claims
from tests.support.stage import Stage


def _create(stage: Stage, **changes: object) -> Answer:
    body: dict[str, Any] = {
        "organization_id": str(stage.organization.id),
        "name": "Home opener",
        "sales_window": {"opens_at": "2026-05-01T12:00:00-04:00", "closes_at": "2026-05-01T17:00:00-04:00"},
        "numbering": "sequential",
        "ranges": [{"channel": "online", "size": 500}, {"channel": "reserve", "size": 10}],
        "rule_profile": "permissive",
        **changes,
    }
    headers = {"Idempotency-Key": KEY}
    return ask(handler, an_event("POST", "/staff/raffles", body=body, headers=headers, token=claims()))


def test_creates_a_draft(stage: Stage) -> None:
    answer = _create(stage)
    assert answer.status == 201
    assert answer.headers["Location"] == f"/v1/staff/raffles/{answer.body['id']}"
    assert (answer.body["state"], answer.body["currency"], answer.body["first_number"]) == ("draft", "CAD", 1)
    assert answer.body["sales_window"] == {
        "opens_at": "2026-05-01T16:00:00.000000Z",
        "closes_at": "2026-05-01T21:00:00.000000Z",
    }
    assert answer.body["ranges"] == [
        {"channel": "online", "first_slot": 0, "size": 500},
        {"channel": "reserve", "first_slot": 500, "size": 10},
    ]


def test_repetition_creates_no_second_raffle(stage: Stage) -> None:
    before = len(stage.fakes.transactions.tables.raffles)
    assert _create(stage).body == _create(stage).body
    assert len(stage.fakes.transactions.tables.raffles) == before + 1


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"rule_profile": "lenient"}, 422, "unknown-rule-profile"),
        (
            {"ranges": [{"channel": "online", "size": 1}, {"channel": "online", "size": 1}]},
            422,
            "invalid-request",
        ),
        ({"ranges": []}, 422, "invalid-request"),
        (
            {"ranges": [{"channel": "online", "size": 10**9}, {"channel": "reserve", "size": 1}]},
            422,
            "invalid-request",
        ),
        (
            {"sales_window": {"opens_at": "2026-05-01T12:00:00Z", "closes_at": "2026-05-01T12:00:00Z"}},
            422,
            "invalid-request",
        ),
        (
            {"sales_window": {"opens_at": "2025-05-01T12:00:00Z", "closes_at": "2025-05-02T12:00:00Z"}},
            422,
            "invalid-request",
        ),
    ],
)
def test_refuses_what_cannot_be_a_raffle(
    stage: Stage, changes: dict[str, object], status: int, code: str
) -> None:
    before = len(stage.fakes.transactions.tables.raffles)
    answer = _create(stage, **changes)
    assert (answer.status, answer.code) == (status, code)
    assert len(stage.fakes.transactions.tables.raffles) == before


def test_other_organizations_are_not_visible(stage: Stage) -> None:
    assert _create(stage, organization_id=str(uuid4())).status == 404
