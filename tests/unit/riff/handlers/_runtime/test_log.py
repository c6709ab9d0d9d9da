"""One line per request."""

from collections.abc import Callable
from typing import Any

from riff.errors import UnavailableError
from riff.handlers._runtime.log import RequestLog

type Logs = Callable[[], list[dict[str, Any]]]


def test_line_of_a_success(log_lines: Logs) -> None:
    RequestLog("show_raffle", "r-1", actor="guest").write(200, error=None, code=None, replayed=False)
    (line,) = log_lines()
    assert {key: line[key] for key in ("level", "operation", "request_id", "actor", "status", "code")} == {
        "level": "INFO",
        "operation": "show_raffle",
        "request_id": "r-1",
        "actor": "guest",
        "status": 200,
        "code": "ok",
    }
    assert "exception" not in line


def test_line_of_a_failure_holds_the_cause_and_its_notes(log_lines: Logs) -> None:
    error = UnavailableError("Later.")
    error.__cause__ = ConnectionRefusedError("port 5432")
    error.add_note("setting database/port is absent")
    RequestLog("show_raffle", "r-1").write(503, error=error, code="unavailable", replayed=False)
    (line,) = log_lines()
    assert line["level"] == "ERROR"
    assert "port 5432" in line["exception"]
    assert "setting database/port is absent" in line["exception"]
