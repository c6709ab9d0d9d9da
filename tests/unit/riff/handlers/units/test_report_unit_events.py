"""POST /units/me/events."""

import pytest

from riff.handlers.units.report_unit_events import handler
from tests.support.asking import ask_as_unit
from tests.support.booth import Booth


@pytest.mark.parametrize(("incident", "state"), [("no_paper", "active"), ("memory_corrupted", "error")])
def test_answers_with_the_unit(booth: Booth, incident: str, state: str) -> None:
    booth.enrol()
    body = {"events": [{"incident": incident, "occurred_at": "2026-05-01T11:59:00Z"}]}
    answer = ask_as_unit(handler, "/units/me/events", body)
    assert (answer.status, answer.body["state"]) == (200, state)
    events = len(booth.stage.fakes.transactions.events())
    ask_as_unit(handler, "/units/me/events", body)
    assert events == len(booth.stage.fakes.transactions.events())


@pytest.mark.usefixtures("booth")
def test_refuses_an_unknown_incident() -> None:
    body = {"events": [{"incident": "bored", "occurred_at": "2026-05-01T11:59:00Z"}]}
    answer = ask_as_unit(handler, "/units/me/events", body)
    assert (answer.status, answer.body["errors"][0]["pointer"]) == (422, "#/events/0/incident")
