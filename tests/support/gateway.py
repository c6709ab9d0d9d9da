"""API Gateway as functions see it: events in, replies out."""

import base64
import json
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import attrs

from riff.handlers._runtime.http import Endpoint

STAFF_SUBJECT = "6f0a1b1e-7d1d-4b1c-9a53-0c1f7a9c2d11"
KEY = "11112222-key"


def claims(subject: str = STAFF_SUBJECT, use: str = "id") -> Mapping[str, str]:
    """What the authorizer reads from a token."""
    return {"sub": subject, "token_use": use}


def an_event(  # noqa: PLR0913 - a request has that many parts
    method: str = "GET",
    route: str = "/things",
    *,
    body: object = None,
    raw: str | None = None,
    base64_encoded: bool = False,
    variables: Mapping[str, str] | None = None,
    query: Mapping[str, list[str]] | None = None,
    headers: Mapping[str, str] | None = None,
    token: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """One request in the words of the proxy integration.

    Args:
        method: in capitals.
        route: with its variables unfilled.
        body: written as JSON; None for no body.
        raw: text of the body in place of `body`.
        base64_encoded: whether `raw` is called base64.
        variables: what fills the route.
        query: parameters with all their values.
        headers: beside the content type.
        token: claims of the caller's token, if there is one.
    """
    path = route.format(**variables) if variables else route
    return {
        "httpMethod": method,
        "resource": route,
        "path": path,
        "pathParameters": variables,
        "queryStringParameters": {name: values[-1] for name, values in query.items()} if query else None,
        "multiValueQueryStringParameters": query,
        "headers": {"Content-Type": "application/json", **(headers or {})},
        "body": raw if raw is not None else None if body is None else json.dumps(body),
        "isBase64Encoded": base64_encoded,
        "requestContext": {
            "requestId": str(uuid4()),
            "path": f"/v1{path}",
            **({} if token is None else {"authorizer": {"claims": token}}),
        },
    }


def as_base64(content: bytes) -> str:
    """Bytes as the gateway hands them over for a binary media type."""
    return base64.b64encode(content).decode()


@attrs.frozen
class Answer:
    """A reply, with its body parsed."""

    status: int
    headers: Mapping[str, str]
    body: Any

    @property
    def code(self) -> str | None:
        """The problem's code, or None for a reply that is none."""
        is_problem = self.headers["Content-Type"] == "application/problem+json"
        return self.body["code"] if is_problem else None


def ask(endpoint: Endpoint, event: Mapping[str, Any]) -> Answer:
    """What the function answers."""
    reply = endpoint(event, None)
    return Answer(reply["statusCode"], reply["headers"], json.loads(reply["body"]))
