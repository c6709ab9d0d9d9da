"""One structured line per request: what was asked, by what kind of caller, and how it ended.

Never a body, a name, an address, a token or a claim: the reader of a log is not entitled to personal data.
"""

import time
from typing import Final

import attrs
from aws_lambda_powertools.logging import Logger

_SERVER_ERROR: Final = 500
_logger = Logger(service="riff", location=None, utc=True)


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
                "operation": self.operation,
                "request_id": self.request_id,
                "actor": self.actor,
                "status": status,
                "code": code or "ok",
                "replayed": replayed,
                "duration_ms": round((time.perf_counter() - self._started) * 1000, 1),
            },
        )
