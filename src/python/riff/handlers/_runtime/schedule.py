"""The frame around every function that the clock starts: one look at the core, one run, one log line.

A handler takes a `Run` and calls one use case.  What the run did is the result of the invocation and stands
in the log.  A run that fails, or that failed with some of its things, raises, so that the platform sees it:
it tries again, raises the alarm, and puts the event aside when nothing helps.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final
from uuid import UUID

import attrs

from riff import wiring
from riff.errors import RiffError
from riff.handlers._runtime.log import JobLog
from riff.ports.runs import Run

__all__ = ["Job", "JobIncompleteError", "Run", "job"]

# Enough for what was begun: a question to the payment processor and the statements around it.
_RESERVE_MS: Final = 15_000
_FAILED: Final = "failed"


class JobIncompleteError(RiffError):
    """A job could not do all that it had to; the log names each thing that failed, and why."""


type JobHandler = Callable[[Run], None]


class _ScheduledRun:
    """Honours `riff.ports.runs.Run` within one invocation."""

    def __init__(self, context: Any, log: JobLog) -> None:  # noqa: ANN401 - Lambda's own object
        self._context = context
        self._log = log
        # A function that is given little time keeps half of it.
        self._reserve_ms = min(_RESERVE_MS, context.get_remaining_time_in_millis() // 2)
        self.counts: dict[str, int] = {}

    def time_left(self) -> bool:
        """Whether there is time to begin something more."""
        return bool(self._context.get_remaining_time_in_millis() > self._reserve_ms)

    def count(self, word: str, number: int = 1) -> None:
        """Add to what the run tells of itself."""
        self.counts[word] = self.counts.get(word, 0) + number

    def attempt(self, subject: UUID, work: Callable[[], str]) -> None:
        """Work on one thing; what it raises is logged and counted."""
        try:
            done = work()
        except Exception as error:  # noqa: BLE001 - one thing that fails must not keep the others waiting (H30)
            self._log.failure(subject, error)
            done = _FAILED
        self.count(done)


@attrs.frozen
class Job:
    """One scheduled operation as Lambda calls it.

    Attributes:
        operation: its name everywhere.
        handler: calls the use case.
        judges_core: whether it is this job that tells what the certified core is; any other one waits for it.
    """

    operation: str
    handler: JobHandler
    judges_core: bool = False

    def __call__(self, event: Mapping[str, Any], context: Any) -> Mapping[str, int]:  # noqa: ANN401 - Lambda's own object
        """Serve one tick of the clock; what was done, by word.

        Raises:
            JobIncompleteError: some things failed; the rest was done.
            IntegrityFailureError: the certified core is not the certified one; nothing was done.
        """
        log = JobLog(self.operation, str(event.get("id", context.aws_request_id)), event.get("time"))
        run = _ScheduledRun(context, log)
        try:
            if not self.judges_core:
                wiring.require_certified_core()
            self.handler(run)
        except BaseException as error:
            log.write(run.counts, error=error)
            raise
        log.write(run.counts, error=None)
        if failed := run.counts.get(_FAILED):
            raise JobIncompleteError(f"{failed} of the things that {self.operation} looked at failed.")
        return run.counts


def job(*, judges_core: bool = False) -> Callable[[JobHandler], Job]:
    """Turn a handler into a function that the clock can start."""

    def framed(handler: JobHandler) -> Job:
        # The module's name is the operation's name; so are those of its use case, its zip and its Lambda.
        return Job(handler.__module__.rpartition(".")[2], handler, judges_core)

    return framed
