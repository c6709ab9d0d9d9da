"""Events of the proxy integration."""

from riff.handlers._runtime.gateway import incoming, request_id
from tests.support.gateway import an_event


def test_reads_an_event() -> None:
    event = an_event("PUT", "/things/{id}", variables={"id": "7"}, query={"a": ["1", "2"]}, raw="{}")
    found = incoming(event)
    assert (found.method, found.route, found.variables) == ("PUT", "/things/{id}", {"id": "7"})
    assert (found.query, found.body, found.claims) == ({"a": ("1", "2")}, b"{}", None)
    assert found.headers == {"content-type": "application/json"}


def test_reads_the_nulls_that_the_gateway_sends_for_what_is_absent() -> None:
    event = {**an_event(), "headers": None, "multiValueQueryStringParameters": None, "pathParameters": None}
    found = incoming(event)
    assert (found.headers, found.query, found.variables, found.body) == ({}, {}, {}, b"")


def test_prefix_is_what_clients_put_before_every_path() -> None:
    event = an_event(route="/raffles")
    assert incoming(event).prefix == "/v1"
    event["requestContext"]["path"] = "/elsewhere"
    assert incoming(event).prefix == ""


def test_request_has_an_id_even_when_nothing_else_is_readable() -> None:
    assert request_id({}) == "unknown"


def test_shows_no_body_and_no_claims_when_printed() -> None:
    event = an_event(
        "POST", body={"email": "kim@example.org"}, token={"sub": "s", "email": "kim@example.org"}
    )
    assert "kim@example.org" not in repr(incoming(event))
