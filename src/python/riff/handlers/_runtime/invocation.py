"""The frame around a function that is invoked by name: by a release, or by an operator's hand.

The event is a document and so is the answer.  An error is raised, so that Lambda tells the invoker; the log
gets one line either way.
"""

import json
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, Final, Self

import attrs

from riff.handlers._runtime import wire
from riff.handlers._runtime.log import RequestLog
from riff.handlers._runtime.problems import category, status_of

_DONE: Final = 200


@attrs.frozen
class Invocation[Command]:
    """One operation as Lambda calls it.

    Attributes:
        operation: its name everywhere.
        handler: translates the command.
        body: the class that the event is read as.
    """

    operation: str
    handler: Callable[[Command], object]
    body: type[Command]

    def __call__(self, event: Mapping[str, Any], context: object) -> Mapping[str, Any]:
        """Do what is asked and answer with the result.

        Raises:
            InvalidRequestError: the event is not what the operation reads.
        """
        with _Line(RequestLog(self.operation, str(getattr(context, "aws_request_id", "unknown")), "invoker")):
            result = self.handler(wire.read(event, self.body))
            answer: Mapping[str, Any] = json.loads(wire.write(result))
            return answer


@attrs.frozen
class _Line:
    """Writes the line when the block ends, however it ends."""

    _log: RequestLog

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if error is None:
            self._log.write(_DONE, error=None, code=None, replayed=False)
        elif isinstance(error, Exception):
            kind = category(error)
            self._log.write(status_of(kind), error=error, code=kind.code, replayed=False)


def invocation[Command](
    *, body: type[Command]
) -> Callable[[Callable[[Command], object]], Invocation[Command]]:
    """Turn a handler into a function that can be invoked by name.

    Args:
        body: class that the event is read as, strictly.
    """
    wire.prepare(body)

    def framed(handler: Callable[[Command], object]) -> Invocation[Command]:
        return Invocation(handler.__module__.rpartition(".")[2], handler, body)

    return framed
