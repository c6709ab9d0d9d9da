"""One invocation: a structured answer, and one line of log.

Method: what is refused is answered, not raised:
    {"ok": true, "critical_digest": hex, ...result}
    {"ok": false, "critical_digest": hex, "error": {"category": c, "code": k, "detail": text}}
The category says who can act: "invalid-input" the caller, "refused" nobody in the present state, "corruption"
whoever investigates.  The code is permanent; of a draw it is the name of the fault.  Anything else is a bug,
and is raised. The line of log holds the function, the request, the outcome, and what the function adds; never
a secret, a key or a validation number.

Requirement: GLI-31 3.6.1: every answer names the code that gave it.
"""

import sys

from riff_critical.declarations import Callable, Final, Mapping
from riff_critical.encoding import Json, canonical_json
from riff_critical.errors import CorruptionError, CriticalError, InvalidInputError, RefusedError
from riff_critical.verification import critical_digest

_CATEGORIES: Final[tuple[type[CriticalError], ...]] = (
    InvalidInputError,
    RefusedError,
    CorruptionError,
    CriticalError,
)


def answer(
    function: str,
    context: object,
    work: Callable[[str], Mapping[str, Json]],
    about: Mapping[str, Json],
) -> dict[str, Json]:
    """Do the work, which is told the digest of the code; log the outcome and what it is about; answer."""
    digest = critical_digest()
    try:
        result: dict[str, Json] = {"ok": True, **work(digest)}
        outcome = "ok"
    except CriticalError as error:
        described = _described(error)
        result = {"ok": False, "error": described}
        outcome = described["code"]
    request = getattr(context, "aws_request_id", None)
    line = {"function": function, "request": request, "outcome": outcome, "critical_digest": digest, **about}
    sys.stdout.write(f"{canonical_json(line).decode()}\n")
    return result | {"critical_digest": digest}


def _described(error: CriticalError) -> dict[str, str]:
    category = next(kind.code for kind in _CATEGORIES if isinstance(error, kind))
    return {"category": category, "code": error.reason, "detail": str(error)}
