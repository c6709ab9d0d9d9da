"""The close of the night, where the schedule and a member of staff meet; the journeys run all of it."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, Final

import pytest

from tools.demo.crew import Crew
from tools.demo.night import Night
from tools.demo.relays import Relays
from tools.demo.scenario import SCENARIOS
from tools.local_stack.api_client import ApiClient, RefusedRequestError

RAFFLE: Final = "/staff/raffles/r"


class Gateway(ThreadingHTTPServer):
    """An API that answers as it is told, and else with an empty object."""

    def __init__(self) -> None:
        self.answers: dict[str, tuple[int, Any]] = {
            "GET /units/me": (200, {"service": {"memory": {"position": 3, "tag": "00"}}}),
        }
        super().__init__(("127.0.0.1", 0), Answers)

    def raffle_is(self, state: str) -> None:
        self.answers[f"GET {RAFFLE}"] = (200, {"setup": {"raffle": {"state": state}}})

    def refuses_to_close(self, code: str) -> None:
        self.answers[f"POST {RAFFLE}/closing"] = (409, {"status": 409, "code": code})


class Answers(BaseHTTPRequestHandler):
    server: Gateway

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def _answer(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        status, body = self.server.answers.get(f"{self.command} {self.path}", (200, {}))
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Tell nothing."""


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    with Gateway() as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def night(gateway: Gateway, told: list[str], monkeypatch: pytest.MonkeyPatch) -> Night:
    monkeypatch.setattr("tools.demo.night.time.sleep", lambda _: None)
    client = ApiClient(f"http://127.0.0.1:{gateway.server_port}")
    crew = Crew(client, client, client, "000000", client)
    night = Night(crew, SCENARIOS["commit-reveal"], Relays([]), told.append)
    night.raffle, night.closes_at = RAFFLE, datetime(2026, 5, 1, tzinfo=UTC)
    return night


def test_staff_closes_the_sales_where_the_schedule_has_not(night: Night, told: list[str]) -> None:
    night.close()
    assert told[-1] == "sales are closed"


def test_the_schedule_may_be_faster(night: Night, gateway: Gateway, told: list[str]) -> None:
    gateway.refuses_to_close("state-refuses")
    gateway.raffle_is("sales_closed")
    night.close()
    assert told[-1] == "sales are closed"


@pytest.mark.parametrize(
    ("code", "state"),
    [("state-refuses", "cancelled"), ("not-permitted", "sales_closed"), ("not-permitted", "active")],
)
def test_any_other_refusal_ends_the_night(night: Night, gateway: Gateway, code: str, state: str) -> None:
    gateway.refuses_to_close(code)
    gateway.raffle_is(state)
    with pytest.raises(RefusedRequestError) as refused:
        night.close()
    assert refused.value.code == code
