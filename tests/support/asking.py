"""Requests to functions of staff and of sales units, in a line each."""

from collections.abc import Mapping

from riff.handlers._runtime.http import Endpoint
from tests.support.booth import DEVICE
from tests.support.gateway import KEY, STAFF_SUBJECT, Answer, an_event, ask, claims


def ask_as_staff(
    handler: Endpoint,
    route: str,
    variables: Mapping[str, object],
    body: object = None,
    *,
    subject: str = STAFF_SUBJECT,
    key: str = KEY,
    query: Mapping[str, list[str]] | None = None,
    method: str = "POST",
) -> Answer:
    """What a function answers a member of staff."""
    event = an_event(
        method,
        route,
        variables={name: str(value) for name, value in variables.items()},
        body=body,
        query=query,
        headers={} if method == "GET" else {"Idempotency-Key": key},
        token=claims(subject),
    )
    return ask(handler, event)


def ask_as_unit(
    handler: Endpoint,
    route: str,
    body: object = None,
    *,
    device: str = DEVICE,
    key: str = KEY,
    query: Mapping[str, list[str]] | None = None,
    method: str = "POST",
) -> Answer:
    """What a function answers a sales unit."""
    headers = {} if method == "GET" else {"Idempotency-Key": key}
    return ask(
        handler, an_event(method, route, body=body, query=query, headers=headers, token=claims(device))
    )
