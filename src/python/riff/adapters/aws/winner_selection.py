"""The certified function `select_winners`: what it is told, and how its answer is understood."""

import zlib
from base64 import b64encode
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import attrs

from riff.adapters.aws.functions import CertifiedFunctions
from riff.errors import IntegrityFailureError
from riff.ports.selection import SelectionRequest

if TYPE_CHECKING:  # wiring imports this module for every function, and one needs the core's draws
    from riff_critical.draw import Attempt

_OPERATION: Final = "select_winners"


@attrs.frozen
class CertifiedSelection:
    """Honours `riff.ports.selection.WinnerSelection`."""

    functions: CertifiedFunctions

    def select(self, request: SelectionRequest) -> "Attempt":
        """The attempt with its winners.

        Raises:
            IntegrityFailureError: the function refuses what it was given; the draw stops.
            UnavailableError: the function cannot be reached; asking again is safe.
        """
        return attempt_of(self.functions.invoke(_OPERATION, event_of(request)))


def event_of(request: SelectionRequest) -> dict[str, object]:
    """The event of the function; two million orders take less than a sixth of what an invocation holds."""
    return {
        "manifest": request.manifest.to_json(),
        "seal": request.seal.to_json(),
        "draw": request.draw,
        "attempt": request.attempt,
        "started_at": request.started_at,
        "fallbacks": [each.to_json() for each in request.fallbacks],
        "excluded": sorted(request.excluded),
        "opening": request.opening.to_json(),
        "pool": b64encode(zlib.compress(request.pool, 6)).decode(),
    }


def attempt_of(answer: Mapping[str, Any]) -> "Attempt":
    """The attempt in an answer of the function.

    Raises:
        IntegrityFailureError: the function refuses.
    """
    from riff_critical.draw import Attempt  # noqa: PLC0415 - as above

    if answer["ok"] is True:
        return Attempt.from_json(answer["attempt"])
    error = IntegrityFailureError("The certified function refuses the draw.")
    error.add_note(f"function {_OPERATION}: {answer['error']}")
    raise error
