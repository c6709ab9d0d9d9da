"""The frame around functions that are invoked by name."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import attrs
import pytest

from riff.errors import InvalidRequestError, UnavailableError
from riff.handlers._runtime.invocation import invocation

type Logs = Callable[[], list[dict[str, Any]]]

CONTEXT = SimpleNamespace(aws_request_id="r-1")


@attrs.frozen
class Count:
    """What the function is asked."""

    number: int


@attrs.frozen
class Counted:
    """What it answers."""

    number: int
    rest: int | None


@invocation(body=Count)
def handler(command: Count) -> Counted:
    """Count on, up to a limit."""
    if command.number > 8:
        raise UnavailableError("Too far.")
    return Counted(command.number + 1, None)


def test_answers_with_a_document(log_lines: Logs) -> None:
    assert handler({"number": 1}, CONTEXT) == {"number": 2}
    (line,) = log_lines()
    assert (line["operation"], line["request_id"], line["actor"]) == ("test_invocation", "r-1", "invoker")
    assert (line["status"], line["code"]) == (200, "ok")


def test_an_error_is_logged_and_raised(log_lines: Logs) -> None:
    with pytest.raises(UnavailableError):
        handler({"number": 9}, CONTEXT)
    (line,) = log_lines()
    assert (line["status"], line["code"]) == (503, "unavailable")
    assert "Too far." in line["exception"]


@pytest.mark.parametrize("event", [{}, {"number": "1"}, {"number": 1, "more": 2}, [], None])
def test_refuses_what_it_does_not_know(event: Any, log_lines: Logs) -> None:  # noqa: ANN401 - anything may come
    with pytest.raises(InvalidRequestError):
        handler(event, CONTEXT)
    assert log_lines()[0]["code"] == "invalid-request"
