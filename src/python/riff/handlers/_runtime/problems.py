"""Errors as replies: the one place where a category of error meets an HTTP status (RFC 9457)."""

import json
from collections.abc import Mapping
from typing import Final

from riff.errors import (
    ConflictError,
    IntegrityFailureError,
    InvalidRequestError,
    LimitReachedError,
    NotAuthenticatedError,
    NotFoundError,
    NotPermittedError,
    RiffError,
    UnavailableError,
)
from riff.handlers._runtime.gateway import MalformedRequestError, RequestTooLargeError
from riff.handlers._runtime.problem_catalogue import TITLES
from riff.handlers._runtime.reply import Reply
from riff_critical.errors import CorruptionError

# By category; the first that fits decides.
STATUSES: Final[Mapping[type[Exception], int]] = {
    MalformedRequestError: 400,
    RequestTooLargeError: 413,
    InvalidRequestError: 422,
    NotAuthenticatedError: 401,
    NotPermittedError: 403,
    NotFoundError: 404,
    ConflictError: 409,
    LimitReachedError: 429,
    UnavailableError: 503,
}
_OUR_FAULT: Final = 500
_HEADERS: Final[Mapping[int, Mapping[str, str]]] = {
    401: {"WWW-Authenticate": "Bearer"},
    429: {"Retry-After": "30"},
    503: {"Retry-After": "2"},
}


def category(error: Exception) -> type[RiffError]:
    """The kind of error that the caller is told about, whatever was raised."""
    if isinstance(error, RiffError):
        return type(error)
    return IntegrityFailureError if isinstance(error, CorruptionError) else RiffError


def status_of(kind: type[RiffError]) -> int:
    """The HTTP status of a kind of error."""
    return next((status for base, status in STATUSES.items() if issubclass(kind, base)), _OUR_FAULT)


def problem(error: Exception, request_id: str, base: str | None) -> Reply:
    """What the caller is told of an error.

    Args:
        error: anything that was raised; of what is our own fault only the code is told.
        request_id: names the occurrence.
        base: what the codes are appended to in `type`; None while the configuration cannot be read.
    """
    kind = category(error)
    status = status_of(kind)
    members: dict[str, object] = {} if base is None else {"type": base + kind.code}
    members |= {"title": TITLES[kind.code], "status": status, "code": kind.code, "instance": request_id}
    if isinstance(error, RiffError) and status != _OUR_FAULT:
        members = {**error.facts, **members, "detail": error.detail}
    if isinstance(error, InvalidRequestError) and error.violations:
        members["errors"] = [_violation(*violation) for violation in error.violations]
    return Reply(
        status, json.dumps(members), {"Content-Type": "application/problem+json", **_HEADERS.get(status, {})}
    )


def _violation(place: str, detail: str) -> Mapping[str, str]:
    if place and not place.startswith("/"):
        return {"detail": detail, "parameter": place}
    # A pointer in its URI fragment form, as in RFC 9457's own example.
    return {"detail": detail, "pointer": f"#{place}"}
