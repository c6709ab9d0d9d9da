"""The frame around handlers, on a small endpoint of its own: good input and every kind of bad input."""

import json
from collections.abc import Callable, Mapping
from typing import Annotated, Any
from uuid import UUID

import attrs
import pytest

from riff.domain.accounts.actor import ActorKind
from riff.errors import (
    ConflictError,
    IntegrityFailureError,
    LimitReachedError,
    NotFoundError,
    SalesClosedError,
    UnavailableError,
)
from riff.handlers._runtime.gateway import MOST_BODY_BYTES
from riff.handlers._runtime.http import Created, Endpoint, Ok, RawBody, Request, endpoint
from riff.handlers._runtime.limits import Between, Length
from riff.wiring import services
from riff_critical.errors import CorruptionError, InvalidInputError
from tests.support.builders import a_staff_member
from tests.support.fakes import Fakes
from tests.support.gateway import KEY, STAFF_SUBJECT, an_event, as_base64, ask, claims
from tests.support.wired import DIGEST, PROBLEM_BASE, a_config, wired

THING = "0196f1d2-7b1c-7c3e-9a10-5b5f0e3c2a44"
ROUTE = "/things/{thing_id}/orders"

pytestmark = pytest.mark.usefixtures("staffed")

type Logs = Callable[[], list[dict[str, Any]]]


@attrs.frozen
class Order:
    count: Annotated[int, Between(1, 1000)]
    note: Annotated[str, Length(1, 20)]
    urgent: bool = False


@attrs.frozen
class Placed:
    thing: UUID
    count: int
    placed: int


@endpoint(body=Order, permission="orders:void", idempotent=True)
def place_order(request: Request[Order]) -> Created[Placed]:
    thing = request.path_id("thing_id")
    placed = services().identifiers.new().int >> 80
    return Created(Placed(thing, request.body.count, placed), location=f"/things/{thing}")


def a_request(**changes: Any) -> dict[str, Any]:  # noqa: ANN401 - what `an_event` takes
    """A request that is fine but for the changes."""
    fine: dict[str, Any] = {
        "body": {"count": 3, "note": "front row"},
        "variables": {"thing_id": THING},
        "headers": {"Idempotency-Key": KEY},
        "token": claims(),
    }
    return an_event("POST", ROUTE, **{**fine, **changes})


@pytest.fixture
def staffed(fakes: Fakes) -> Fakes:
    """Fakes with a member of staff who may void orders."""
    fakes.transactions.add_staff(a_staff_member(subject=STAFF_SUBJECT))
    return fakes


def _raising(error: Exception) -> Endpoint:
    def handler(_: Request[None]) -> Ok[None]:
        raise error

    return endpoint()(handler)


def test_serves_a_good_request() -> None:
    answer = ask(place_order, a_request())
    assert (answer.status, answer.body) == (201, {"thing": THING, "count": 3, "placed": 1})
    assert answer.headers["Location"] == f"/v1/things/{THING}"
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Cache-Control"] == "no-store"


BAD_BODIES = {
    "member missing": ({"note": "n"}, "#/count", "is missing"),
    "member unknown": ({"count": 1, "note": "n", "discount": 5}, "#/discount", "is not known here"),
    "member in another case": ({"count": 1, "note": "n", "Urgent": True}, "#/Urgent", "is not known here"),
    "number as text": ({"count": "3", "note": "n"}, "#/count", "must be an integer"),
    "number as truth": ({"count": True, "note": "n"}, "#/count", "must be an integer"),
    "number with a point": ({"count": 3.0, "note": "n"}, "#/count", "must be an integer"),
    "number as null": ({"count": None, "note": "n"}, "#/count", "must be an integer"),
    "number as list": ({"count": [3], "note": "n"}, "#/count", "must be an integer"),
    "number as object": ({"count": {"$gt": 0}, "note": "n"}, "#/count", "must be an integer"),
    "count negative": ({"count": -1, "note": "n"}, "#/count", "must be between 1 and 1000"),
    "count zero": ({"count": 0, "note": "n"}, "#/count", "must be between 1 and 1000"),
    "count huge": ({"count": 10**30, "note": "n"}, "#/count", "must be between 1 and 1000"),
    "count of a thousand digits": ({"count": 10**999, "note": "n"}, "#/count", "must be between 1 and 1000"),
    "truth as number": ({"count": 1, "note": "n", "urgent": 1}, "#/urgent", "must be true or false"),
    "truth as text": ({"count": 1, "note": "n", "urgent": "true"}, "#/urgent", "must be true or false"),
    "text empty": ({"count": 1, "note": ""}, "#/note", "must have 1 to 20 characters"),
    "text blank": ({"count": 1, "note": " \u00a0"}, "#/note", "must not be blank"),
    "text too long": ({"count": 1, "note": "n" * 21}, "#/note", "must have 1 to 20 characters"),
    "text as number": ({"count": 1, "note": 7}, "#/note", "must be a string"),
    "text with NUL": (
        {"count": 1, "note": "a\0b"},
        "#/note",
        "must not hold control characters or halves of characters",
    ),
    "text with half a character": (
        {"count": 1, "note": "\ud800"},
        "#/note",
        "must not hold control characters or halves of characters",
    ),
    "list for an object": ([], "#", "must be an object"),
    "text for an object": ("order", "#", "must be an object"),
    "number for an object": (7, "#", "must be an object"),
}


@pytest.mark.parametrize("name", BAD_BODIES)
def test_points_at_what_is_wrong_in_a_body(staffed: Fakes, log_lines: Logs, name: str) -> None:
    body, pointer, detail = BAD_BODIES[name]
    answer = ask(place_order, a_request(body=body))
    assert (answer.status, answer.code) == (422, "invalid-request")
    assert answer.body["errors"] == [{"detail": detail, "pointer": pointer}]
    _assert_untouched(staffed)
    assert [line["code"] for line in log_lines()] == ["invalid-request"]


@pytest.mark.parametrize("depth", [40, 900, 5000])
def test_refuses_a_deeply_nested_body(staffed: Fakes, depth: int) -> None:
    answer = ask(place_order, a_request(raw='{"count": ' + "[" * depth + "]" * depth + ', "note": "n"}'))
    assert answer.status in (400, 422)
    _assert_untouched(staffed)


def test_names_every_member_that_is_wrong_at_once() -> None:
    answer = ask(place_order, a_request(body={"count": 0, "note": 1, "x": 1}))
    assert [error["pointer"] for error in answer.body["errors"]] == ["#/count", "#/note", "#/x"]


UNREADABLE: Mapping[str, dict[str, Any]] = {
    "not JSON": {"raw": "count=3&note=n"},
    "empty": {"body": None},
    "cut off": {"raw": '{"count": 3, "note": "fr'},
    "two documents": {"raw": '{"count": 3, "note": "n"} {}'},
    "comment": {"raw": '{"count": 3, /* three */ "note": "n"}'},
    "NaN": {"raw": '{"count": NaN, "note": "n"}'},
    "Infinity": {"raw": '{"count": -Infinity, "note": "n"}'},
    "member twice": {"raw": '{"count": 3, "count": 300, "note": "n"}'},
    "more digits than a number may have": {"raw": '{"count": ' + "9" * 5000 + ', "note": "n"}'},
    "nested beyond reason": {"raw": "[" * 5000},
    "not UTF-8": {"raw": as_base64(b'{"count": 3, "note": "\xff"}'), "base64_encoded": True},
    "UTF-16": {"raw": as_base64('{"count": 3, "note": "n"}'.encode("utf-16")), "base64_encoded": True},
    "not base64": {"raw": "***", "base64_encoded": True},
    "base64 cut off": {"raw": "eyJjb3V", "base64_encoded": True},
    "form": {"headers": {"Content-Type": "application/x-www-form-urlencoded", "Idempotency-Key": KEY}},
    "no content type": {"headers": {"Content-Type": "", "Idempotency-Key": KEY}},
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_refuses_a_body_that_cannot_be_read(staffed: Fakes, log_lines: Logs, name: str) -> None:
    answer = ask(place_order, a_request(**UNREADABLE[name]))
    assert (answer.status, answer.code) == (400, "malformed-request")
    _assert_untouched(staffed)
    assert len(log_lines()) == 1


def test_reads_a_body_in_base64() -> None:
    encoded = as_base64(json.dumps({"count": 3, "note": "žluť"}).encode())
    assert ask(place_order, a_request(raw=encoded, base64_encoded=True)).status == 201


def test_takes_a_content_type_with_parameters() -> None:
    headers = {"content-type": "Application/JSON; charset=utf-8", "idempotency-key": KEY}
    assert ask(place_order, {**a_request(), "headers": headers}).status == 201


@pytest.mark.parametrize(
    ("raw", "encoded"),
    [
        (" " * (MOST_BODY_BYTES + 1), False),
        ("é" * (MOST_BODY_BYTES // 2 + 1), False),
        (as_base64(b" " * (MOST_BODY_BYTES + 1)), True),
        ("A" * 1_000_000, True),
    ],
)
def test_refuses_a_body_over_the_limit(staffed: Fakes, raw: str, encoded: bool) -> None:
    answer = ask(place_order, a_request(raw=raw, base64_encoded=encoded))
    assert (answer.status, answer.code) == (413, "request-too-large")
    _assert_untouched(staffed)


def test_takes_a_body_at_the_limit() -> None:
    text = json.dumps({"count": 3, "note": "n"})
    assert ask(place_order, a_request(raw=text + " " * (MOST_BODY_BYTES - len(text)))).status == 201


@pytest.mark.parametrize(
    "text",
    [
        "1",
        "",
        "null",
        THING + "0",
        THING.replace("-", ""),
        "{" + THING + "}",
        "urn:uuid:" + THING,
        "%00",
        "٠" * 36,
    ],
)
def test_malformed_id_in_the_path_is_not_found(staffed: Fakes, text: str) -> None:
    answer = ask(place_order, a_request(variables={"thing_id": text}))
    assert (answer.status, answer.code) == (404, "not-found")
    assert staffed.transactions.tables.replies == {}


@pytest.mark.parametrize(
    "key", [None, "", "short", "k" * 65, "with space", "clé-de-commande", "tab\tseparated"]
)
def test_refuses_a_command_without_a_proper_key(staffed: Fakes, key: str | None) -> None:
    answer = ask(place_order, a_request(headers={} if key is None else {"Idempotency-Key": key}))
    assert (answer.status, answer.code) == (422, "invalid-request")
    assert answer.body["errors"][0]["parameter"] == "Idempotency-Key"
    _assert_untouched(staffed)


def test_refuses_an_unknown_parameter() -> None:
    answer = ask(place_order, a_request(query={"dry_run": ["true"]}))
    assert answer.body["errors"] == [{"detail": "is not known here", "parameter": "dry_run"}]
    assert answer.status == 422


BAD_TOKENS = {
    "none": (None, 401, "not-authenticated"),
    "access token": (claims(use="access"), 401, "not-authenticated"),
    "without subject": ({"token_use": "id"}, 401, "not-authenticated"),
    "of a stranger": (claims("somebody-else"), 401, "not-authenticated"),
}


@pytest.mark.parametrize("name", BAD_TOKENS)
def test_refuses_a_caller_it_does_not_know(staffed: Fakes, log_lines: Logs, name: str) -> None:
    token, status, code = BAD_TOKENS[name]
    answer = ask(place_order, a_request(token=token))
    assert (answer.status, answer.code) == (status, code)
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert staffed.transactions.tables.replies == {}
    assert len(log_lines()) == 1


def test_refuses_a_caller_without_the_permission(fakes: Fakes) -> None:
    fakes.transactions.add_staff(a_staff_member("viewer", subject="viewer"))
    answer = ask(place_order, a_request(token=claims("viewer")))
    assert (answer.status, answer.code, answer.body["permission"]) == (403, "not-permitted", "orders:void")
    assert fakes.transactions.tables.replies == {}


def test_same_key_runs_once_and_answers_alike(log_lines: Logs) -> None:
    first, again = ask(place_order, a_request()), ask(place_order, a_request())
    assert (first.status, first.body, first.headers) == (again.status, again.body, again.headers)
    assert [line["replayed"] for line in log_lines()] == [False, True]


def test_same_key_with_the_same_body_spelt_otherwise_answers_alike() -> None:
    first = ask(place_order, a_request())
    again = ask(place_order, a_request(raw='{ "note": "front\\u0020row", "count": 3 }'))
    assert first.body == again.body


@pytest.mark.parametrize(
    "changes",
    [{"body": {"count": 4, "note": "front row"}}, {"variables": {"thing_id": THING.replace("0196", "0197")}}],
)
def test_same_key_with_another_request_is_refused(changes: dict[str, Any]) -> None:
    ask(place_order, a_request())
    answer = ask(place_order, a_request(**changes))
    assert (answer.status, answer.code) == (409, "idempotency-key-reused")


def test_same_key_of_another_person_is_another_command(staffed: Fakes) -> None:
    staffed.transactions.add_staff(a_staff_member(subject="colleague"))
    first, other = ask(place_order, a_request()), ask(place_order, a_request(token=claims("colleague")))
    assert (first.body["placed"], other.body["placed"]) == (1, 2)


def test_refusals_are_not_kept_under_the_key() -> None:
    assert ask(place_order, a_request(variables={"thing_id": "nothing"})).status == 404
    assert ask(place_order, a_request()).status == 201


def test_lost_commit_is_unavailable_and_the_retry_answers(staffed: Fakes) -> None:
    staffed.transactions.lose_next_commit(stored=True)
    lost = ask(place_order, a_request())
    assert (lost.status, lost.code, lost.headers["Retry-After"]) == (503, "unavailable", "2")
    assert ask(place_order, a_request()).body["placed"] == 1


ERRORS = {
    "absent": (NotFoundError("There is no such order."), 404, "not-found"),
    "conflict": (ConflictError("No."), 409, "conflict"),
    "closed": (SalesClosedError("Sales are over.", state="sales_closed"), 409, "sales-closed"),
    "limit": (LimitReachedError("Enough for today.", limit=5), 429, "limit-reached"),
    "down": (UnavailableError("The processor does not answer."), 503, "unavailable"),
    "integrity": (IntegrityFailureError("The chain is broken at 7."), 500, "integrity-failure"),
    "corruption": (CorruptionError("entropy"), 500, "integrity-failure"),
    "core misused": (InvalidInputError("count"), 500, "internal-error"),
    "bug": (ZeroDivisionError("secret detail"), 500, "internal-error"),
}


@pytest.mark.parametrize("name", ERRORS)
def test_every_error_becomes_a_problem_and_one_line(log_lines: Logs, name: str) -> None:
    error, status, code = ERRORS[name]
    answer = ask(_raising(error), an_event())
    assert (answer.status, answer.code) == (status, code)
    assert answer.body["type"] == PROBLEM_BASE + code
    assert answer.body["status"] == status
    (line,) = log_lines()
    assert (line["status"], line["code"], line["request_id"]) == (status, code, answer.body["instance"])


@pytest.mark.parametrize("name", ["integrity", "corruption", "core misused", "bug"])
def test_our_own_faults_tell_the_caller_nothing_and_the_log_all(log_lines: Logs, name: str) -> None:
    error, _, _ = ERRORS[name]
    answer = ask(_raising(error), an_event())
    assert answer.body.keys() == {"type", "title", "status", "code", "instance"}
    assert str(error) in log_lines()[0]["exception"]
    assert log_lines()[0]["level"] == "ERROR"


def test_facts_of_a_refusal_are_members_of_the_problem() -> None:
    answer = ask(_raising(ERRORS["closed"][0]), an_event())
    assert (answer.body["state"], answer.body["detail"]) == ("sales_closed", "Sales are over.")


def test_facts_cannot_replace_the_members_of_a_problem() -> None:
    answer = ask(_raising(ConflictError("No.", status=200, code="fine")), an_event())
    assert (answer.body["status"], answer.body["code"]) == (409, "conflict")


def test_a_caller_fault_is_logged_without_its_content(log_lines: Logs) -> None:
    ask(place_order, a_request(body={"count": 1, "note": "n", "kim@example.org": 1}))
    assert "kim@example.org" not in json.dumps(log_lines())
    assert log_lines()[0]["level"] == "INFO"


def test_log_line_says_who_asked_what_and_how_it_ended(log_lines: Logs) -> None:
    ask(place_order, a_request())
    (line,) = log_lines()
    assert (line["operation"], line["actor"], line["status"], line["code"]) == (
        "test_http",
        "staff",
        201,
        "ok",
    )
    assert line["duration_ms"] >= 0
    assert STAFF_SUBJECT not in json.dumps(line)


def test_changes_nothing_when_the_core_is_not_the_certified_one(
    monkeypatch: pytest.MonkeyPatch, log_lines: Logs
) -> None:
    with wired(monkeypatch, Fakes(), a_config(certified_digest="1" * 64)) as fakes:
        fakes.transactions.add_staff(a_staff_member(subject=STAFF_SUBJECT))
        answer = ask(place_order, a_request())
        assert (answer.status, answer.code) == (500, "integrity-failure")
        assert fakes.transactions.begun == 0
        assert DIGEST in log_lines()[0]["exception"]


def test_shows_things_even_when_the_core_is_not_the_certified_one(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = endpoint()(lambda _: Ok({"shown": True}))
    with wired(monkeypatch, Fakes(), a_config(certified_digest="1" * 64)):
        assert ask(shown, an_event()).status == 200


@pytest.mark.parametrize("method", ["POST", "GET"])
def test_refuses_a_body_where_none_belongs(method: str) -> None:
    answer = ask(endpoint()(lambda _: Ok({})), an_event(method, body={}))
    assert (answer.status, answer.body["errors"]) == (422, [{"detail": "must be empty", "pointer": "#"}])


def test_callers_on_an_open_route_are_guests_or_customers() -> None:
    seen: list[tuple[ActorKind, str]] = []

    def handler(request: Request[None]) -> Ok[None]:
        seen.append((request.actor.kind, request.actor.name))
        return Ok(None)

    ask(endpoint()(handler), an_event())
    ask(endpoint()(handler), an_event(token=claims("customer-7")))
    assert seen == [(ActorKind.GUEST, "guest"), (ActorKind.CUSTOMER, "customer-7")]


def test_signed_bodies_arrive_as_they_were_sent() -> None:
    seen: list[RawBody] = []

    def handler(request: Request[RawBody]) -> Ok[None]:
        seen.append(request.body)
        return Ok(None)

    ask(endpoint(body=RawBody)(handler), an_event("POST", raw='{"a":  1}', headers={"Sig": "s"}))
    assert (seen[0].content, seen[0].headers["sig"]) == (b'{"a":  1}', "s")


def test_numbers_after_the_question_mark_are_read_strictly() -> None:
    def handler(request: Request[None]) -> Ok[int]:
        return Ok(request.query_number("limit", Between(1, 100), default=20))

    listing = endpoint(query=("limit",))(handler)
    assert ask(listing, an_event()).body == 20
    assert ask(listing, an_event(query={"limit": ["7"]})).body == 7
    for text in ("0", "101", "-1", "+5", "1e2", "٣", "", " 7", "9" * 5000):
        answer = ask(listing, an_event(query={"limit": [text]}))
        assert (answer.status, answer.body["errors"][0]["parameter"]) == (422, "limit")
    assert ask(listing, an_event(query={"limit": ["5", "6"]})).status == 422


def test_use_cases_that_recognise_repeats_get_the_key() -> None:
    keys = []

    def handler(request: Request[Order]) -> Ok[None]:
        keys.append(request.idempotency_key)
        return Ok(None)

    keyed = endpoint(body=Order, keyed=True)(handler)
    for note in ("a", "a", "b"):
        ask(keyed, an_event("POST", body={"count": 1, "note": note}, headers={"Idempotency-Key": KEY}))
    assert keys[0] == keys[1] != keys[2]
    assert (keys[0].scope, keys[0].key) == ("test_http guest:guest", KEY)


def test_asking_for_a_key_that_was_not_declared_is_our_own_fault() -> None:
    assert ask(endpoint()(lambda request: Ok(request.idempotency_key.key)), an_event()).status == 500


def _assert_untouched(fakes: Fakes) -> None:
    """A malformed request never reaches the database."""
    assert fakes.transactions.begun == 0
