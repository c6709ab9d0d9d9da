"""One structured line per request or run: what was asked, by what kind of caller, and how it ended.

Never a body, a name, an address, a token or a claim: the reader of a log is not entitled to personal data.
"""

import json
import logging
import sys
import time
from collections.abc import Mapping
from typing import Final
from uuid import UUID

import attrs

_SERVER_ERROR: Final = 500


class _Line(logging.Formatter):
    """A record as one JSON object; what the caller adds stands beside what every line has."""

    def format(self, record: logging.LogRecord) -> str:
        stamp = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        line = {
            "level": record.levelname,
            "message": record.getMessage(),
            "timestamp": f"{stamp}.{int(record.msecs):03}Z",
            "service": "riff",
            **getattr(record, "members", {}),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
            kind = record.exc_info[0]
            line["exception_name"] = kind.__name__ if kind else None
        return json.dumps(line, separators=(",", ":"), default=str)


def _own_logger() -> logging.Logger:
    """A logger whose lines Lambda's client neither formats nor repeats."""
    found = logging.getLogger("riff")
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(_Line())
    found.handlers = [handler]
    found.setLevel(logging.INFO)
    found.propagate = False
    return found


# The standard library alone: powertools' Logger takes an eighth of a function's imports (docs/adr/0025).
_logger = _own_logger()


@attrs.define
class RequestLog:
    """Gathers what the line says while the request is served.

    Attributes:
        operation: the operation's name.
        request_id: the gateway's name for the request; correlates the line with the gateway's own.
        actor: kind of caller, once known.
    """

    operation: str
    request_id: str
    actor: str = "unknown"
    _started: float = attrs.field(factory=time.perf_counter, init=False)

    def write(self, status: int, *, error: Exception | None, code: str | None, replayed: bool) -> None:
        """Write the line; what is our own fault or a dependency's goes in with its full text."""
        failed = status >= _SERVER_ERROR
        line = _logger.error if failed else _logger.info
        line(
            "request",
            exc_info=error if failed else None,
            extra={
                "members": {
                    "operation": self.operation,
                    "request_id": self.request_id,
                    "actor": self.actor,
                    "status": status,
                    "code": code or "ok",
                    "replayed": replayed,
                    "duration_ms": round((time.perf_counter() - self._started) * 1000, 1),
                }
            },
        )


@attrs.define
class JobLog:
    """Gathers what the line of a scheduled job says.

    Attributes:
        operation: the operation's name.
        tick: the scheduler's name for this start.
        due_at: when the clock was to start it, as the scheduler writes it; None when a person started it.
    """

    operation: str
    tick: str
    due_at: str | None
    _started: float = attrs.field(factory=time.perf_counter, init=False)

    def failure(self, subject: UUID, error: Exception) -> None:
        """One of many things failed; a line of its own, with the full text."""
        members = {"operation": self.operation, "tick": self.tick, "subject": str(subject)}
        _logger.error("failure", exc_info=error, extra={"members": members})

    def write(self, counts: Mapping[str, int], *, error: BaseException | None) -> None:
        """Write the line."""
        line = _logger.info if error is None else _logger.error
        line(
            "run",
            exc_info=error,
            extra={
                "members": {
                    "operation": self.operation,
                    "tick": self.tick,
                    "due_at": self.due_at,
                    "done": dict(counts),
                    "duration_ms": round((time.perf_counter() - self._started) * 1000, 1),
                }
            },
        )
