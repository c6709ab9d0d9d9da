"""The event that API Gateway sends for one request, and the reply that it expects.

What cannot be read is refused here, before anything looks at its meaning: text that is not UTF-8, what is
called JSON and is not (RFC 8259), a name twice in one object, a body that is too large or of another type.
"""

import base64
import binascii
import json
from collections.abc import Mapping
from typing import Any, Final, NoReturn

import attrs

from riff.errors import InvalidRequestError
from riff_critical.encoding import Json

MOST_BODY_BYTES: Final = 10_240
_JSON: Final = "application/json"


class MalformedRequestError(InvalidRequestError):
    """The request is not what HTTP and JSON call well-formed."""

    code = "malformed-request"


class RequestTooLargeError(InvalidRequestError):
    """The body exceeds what any operation needs."""

    code = "request-too-large"


@attrs.frozen
class Incoming:
    """One request as it arrived.

    Attributes:
        method: in capitals.
        route: the path with its variables unfilled, as OpenAPI names it.
        variables: what fills them.
        query: parameters after the question mark, each with all its values.
        headers: by lower-case name.
        body: bytes of the body; empty when there is none.
        claims: what the authorizer read from a valid token, or None on a route without one.
        request_id: the gateway's name for the request.
        prefix: what clients put before every path, such as `/v1`.
    """

    method: str
    route: str
    variables: Mapping[str, str]
    query: Mapping[str, tuple[str, ...]]
    headers: Mapping[str, str]
    body: bytes = attrs.field(repr=False)
    claims: Mapping[str, str] | None = attrs.field(repr=False)
    request_id: str
    prefix: str

    def json(self) -> Json:
        """The body, parsed.

        Raises:
            MalformedRequestError: the body is not JSON, or is declared to be something else.
        """
        declared = self.headers.get("content-type", "").partition(";")[0].strip().lower()
        if declared != _JSON:
            raise MalformedRequestError(f"The body must be declared as {_JSON}.")
        return _parsed(self.body)


def request_id(event: Mapping[str, Any]) -> str:
    """The gateway's name for the request, readable even when nothing else is."""
    return str((event.get("requestContext") or {}).get("requestId", "unknown"))


def incoming(event: Mapping[str, Any]) -> Incoming:
    """The request that an event of API Gateway's proxy integration describes.

    Raises:
        MalformedRequestError: the body is said to be base64 and is not.
        RequestTooLargeError: the body is too large.
    """
    context = event["requestContext"]
    variables = event.get("pathParameters") or {}
    queries = event.get("multiValueQueryStringParameters") or {}
    return Incoming(
        method=event["httpMethod"],
        route=event["resource"],
        variables=variables,
        query={name: tuple(values) for name, values in queries.items()},
        headers={name.lower(): value for name, value in (event.get("headers") or {}).items()},
        body=_body(event),
        claims=(context.get("authorizer") or {}).get("claims"),
        request_id=request_id(event),
        prefix=_prefix(str(context.get("path", "")), str(event["path"])),
    )


def _body(event: Mapping[str, Any]) -> bytes:
    text = event.get("body") or ""
    # Counted before anything is decoded: base64 is never shorter than what it holds.
    if len(text) > MOST_BODY_BYTES * (2 if event.get("isBase64Encoded") else 1):
        raise _too_large()
    try:
        body = base64.b64decode(text, validate=True) if event.get("isBase64Encoded") else text.encode()
    except (binascii.Error, ValueError) as error:
        raise MalformedRequestError("The body cannot be decoded.") from error
    if len(body) > MOST_BODY_BYTES:
        raise _too_large()
    return body


def _too_large() -> RequestTooLargeError:
    return RequestTooLargeError(f"A body has at most {MOST_BODY_BYTES} bytes.")


def _prefix(whole: str, path: str) -> str:
    return whole.removesuffix(path) if whole.endswith(path) else ""


def _parsed(body: bytes) -> Json:
    try:
        text = body.decode()
        parsed: Json = json.loads(text, parse_constant=_no_constant, object_pairs_hook=_members)
    except (ValueError, RecursionError) as error:
        raise MalformedRequestError("The body is not JSON.") from error
    return parsed


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _members(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a name occurs twice in one object")
    return members
