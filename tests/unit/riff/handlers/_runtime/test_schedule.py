"""The frame of functions that the clock starts."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest

from riff.errors import IntegrityFailureError, UnavailableError
from riff.handlers._runtime.schedule import JobHandler, JobIncompleteError, Run, job
from tests.support.fakes import Fakes
from tests.support.invocations import TICK, Context, tick
from tests.support.wired import a_config, wired

type Lines = Callable[[], list[dict[str, Any]]]


def _raising(error: Exception) -> Callable[[], str]:
    def work() -> str:
        raise error

    return work


@pytest.mark.usefixtures("fakes")
def test_result_and_log_tell_what_was_done(log_lines: Lines) -> None:
    @job()
    def handler(run: Run) -> None:
        run.count("looked at", 3)
        run.attempt(uuid4(), lambda: "settled")
        run.attempt(uuid4(), lambda: "settled")

    assert tick(handler) == {"looked at": 3, "settled": 2}
    (line,) = log_lines()
    assert (line["message"], line["level"], line["done"]) == ("run", "INFO", {"looked at": 3, "settled": 2})
    assert (line["tick"], line["due_at"]) == (TICK["id"], TICK["time"])


@pytest.mark.usefixtures("fakes")
def test_one_failure_keeps_nobody_waiting_and_fails_the_run(log_lines: Lines) -> None:
    subject = UUID(int=7)

    @job()
    def handler(run: Run) -> None:
        run.attempt(subject, _raising(ZeroDivisionError("a bug")))
        run.attempt(uuid4(), lambda: "settled")

    with pytest.raises(JobIncompleteError, match="1 of the things"):
        tick(handler)
    failure, line = log_lines()
    assert (failure["subject"], "a bug" in failure["exception"]) == (str(subject), True)
    assert line["done"] == {"failed": 1, "settled": 1}


@pytest.mark.usefixtures("fakes")
def test_what_the_job_itself_raises_reaches_the_platform(log_lines: Lines) -> None:
    @job()
    def handler(run: Run) -> None:
        run.count("looked at")
        raise UnavailableError("The database is away.")

    with pytest.raises(UnavailableError):
        tick(handler)
    (line,) = log_lines()
    assert (line["level"], line["done"]) == ("ERROR", {"looked at": 1})


def _until_told_to_stop() -> JobHandler:
    def handler(run: Run) -> None:
        while run.time_left():
            run.count("begun")

    return handler


@pytest.mark.usefixtures("fakes")
@pytest.mark.parametrize(("given_ms", "begun"), [(60_000, 43), (10_000, 4), (1_000, 0)])
def test_begins_nothing_when_time_runs_out(given_ms: int, begun: int) -> None:
    """15 seconds are kept, or half of what was given."""
    counts = tick(job()(_until_told_to_stop()), Context(given_ms, pace_ms=1_000))
    assert counts.get("begun", 0) == begun


def test_does_nothing_with_another_core(monkeypatch: pytest.MonkeyPatch) -> None:
    begun = []

    @job()
    def handler(run: Run) -> None:
        begun.append(run)

    with wired(monkeypatch, Fakes(), a_config("f" * 64)), pytest.raises(IntegrityFailureError):
        tick(handler)
    assert begun == []


@pytest.mark.usefixtures("fakes")
def test_a_person_may_start_it_with_an_empty_event(log_lines: Lines) -> None:
    @job()
    def handler(run: Run) -> None:
        run.count("done")

    assert handler({}, Context()) == {"done": 1}
    (line,) = log_lines()
    assert (line["tick"], line.get("due_at")) == ("request-1", None)
