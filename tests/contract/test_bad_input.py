"""Whatever is wrong with a request: a problem with a permanent code, nothing written, one line in the log.

The examples of OpenAPI are good requests; its schemas say which changes make them bad.
"""

import copy
import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest

from riff.handlers._runtime.http import Caller, Keys
from tests.support.builders import a_staff_member, an_organization
from tests.support.builders.units import a_unit
from tests.support.fakes import Fakes
from tests.support.gateway import KEY, STAFF_SUBJECT, an_event, ask, claims
from tests.support.operations import Operation, all_operations, document, parameters
from tests.support.wired import wired

EVERY = pytest.mark.parametrize("operation", all_operations().values(), ids=lambda found: found.name)

# One value of every kind, and some that have caused trouble elsewhere.
_VALUES: tuple[object, ...] = (
    *(None, True, 0, -1, 3, 10**18, 10**400, 3.0, 1.5, 1e308),
    *(
        "",
        "3",
        " ",
        "a\0b",
        "\ud800",
        "é" * 5000,
        "true",
        "null",
        "2026-05-01",
        "' OR 1=1 --",
        "../../etc/passwd",
    ),
    *([], [[]], ["x"], {}, {"$ne": 1}, {"__proto__": {}}),
)


@pytest.fixture
def fakes(monkeypatch: pytest.MonkeyPatch) -> Iterator[Fakes]:
    """Fakes, with a person who may do everything everywhere, and a sales unit."""
    with wired(monkeypatch, Fakes()) as found:
        found.transactions.add_staff(a_staff_member("super_admin", subject=STAFF_SUBJECT))
        unit = a_unit(an_organization().id, subject=STAFF_SUBJECT)
        found.transactions.tables.units[unit.id] = unit
        yield found


def _request(operation: Operation, body: object = None, **changes: Any) -> dict[str, Any]:  # noqa: ANN401
    """A good request of this operation, but for the changes."""
    handler = operation.handler
    variables = {name: entry["example"] for name, entry in parameters(operation, "path").items()}
    fine: dict[str, Any] = {
        "body": body or (operation.request["example"] if handler.body else None),
        "variables": variables or None,
        "headers": {} if handler.keys is Keys.NONE else {"Idempotency-Key": KEY},
        "token": None if handler.caller is Caller.ANYONE else claims(),
    }
    return an_event(operation.method.upper(), operation.path, **(fine | changes))


def _mutations(value: Any) -> Iterator[Any]:  # noqa: ANN401 - parsed JSON
    """The value with one thing in it changed, in every way."""
    yield from _VALUES
    if isinstance(value, dict):
        yield {**value, "unknown_member": 1}
        for name, member in value.items():
            yield {key: other for key, other in value.items() if key != name}
            for changed in _mutations(member):
                yield {**value, name: changed}
    if isinstance(value, list):
        yield value * 40
        for index, entry in enumerate(value):
            for changed in _mutations(entry):
                yield [*value[:index], changed, *value[index + 1 :]]


def _bad_bodies(operation: Operation) -> Iterator[object]:
    whole = {"allOf": [operation.request["schema"]], "components": document()["components"]}
    validator = jsonschema.Draft4Validator(whole, format_checker=jsonschema.FormatChecker())
    for body in _mutations(copy.deepcopy(operation.request["example"])):
        if not validator.is_valid(body):
            yield body


@pytest.mark.parametrize(
    "operation",
    [operation for operation in all_operations().values() if operation.body_class],
    ids=lambda found: found.name,
)
def test_body_that_the_schema_refuses_is_refused(fakes: Fakes, operation: Operation) -> None:
    bodies = list(_bad_bodies(operation))
    assert len(bodies) > 40
    for body in bodies:
        answer = ask(operation.handler, _request(operation, raw=json.dumps(body)))
        assert (answer.status, answer.code) in {
            (422, "invalid-request"),
            (413, "request-too-large"),
        }, json.dumps(body)[:200]
    assert fakes.transactions.begun == 0


RAW = [
    b"",
    b"{",
    b"\xff\xfe",
    b'{"a": NaN}',
    b'{"a": 1, "a": 2}',
    b"[" * 9000,
    b"x" * 20_000,
    b"9" * 5000,
    b"null",
]


@EVERY
@pytest.mark.parametrize("raw", RAW, ids=lambda raw: repr(raw[:12]))
def test_body_that_is_no_json_is_refused(fakes: Fakes, operation: Operation, raw: bytes) -> None:
    text = raw.decode("latin-1")
    answer = ask(operation.handler, _request(operation, raw=text))
    if operation.handler.body is None and not raw:
        return
    assert answer.status in {400, 401, 413, 422}
    assert answer.code
    assert fakes.transactions.tables.events == {}


@EVERY
@pytest.mark.parametrize(
    "text", ["1", "", "nothing", "0196f1d2-7b1c-7c3e-9a10-5b5f0e3c2a4", "%2e%2e", "\ud800"]
)
def test_malformed_identifier_in_the_path_is_not_found(fakes: Fakes, operation: Operation, text: str) -> None:
    fine = {name: entry["example"] for name, entry in parameters(operation, "path").items()}
    for name in fine:
        answer = ask(operation.handler, _request(operation, variables={**fine, name: text}))
        assert (answer.status, answer.code) == (404, "not-found")
    assert fakes.transactions.tables.events == {}


@EVERY
def test_unknown_identifier_in_the_path_is_not_found(fakes: Fakes, operation: Operation) -> None:
    if parameters(operation, "path"):
        answer = ask(operation.handler, _request(operation))
        assert (answer.status, answer.code) == (404, "not-found")
    assert fakes.transactions.tables.events == {}


@EVERY
def test_unknown_parameter_is_refused(fakes: Fakes, operation: Operation) -> None:
    answer = ask(operation.handler, _request(operation, query={"unknown": ["1"]}))
    assert (answer.status, answer.code) == (422, "invalid-request")
    assert fakes.transactions.begun == 0


@EVERY
def test_missing_or_foreign_token_is_refused(fakes: Fakes, operation: Operation) -> None:
    if operation.handler.caller is not Caller.ANYONE:
        for token in (None, {}, claims("somebody-else"), claims(use="access")):
            answer = ask(operation.handler, _request(operation, token=token))
            assert (answer.status, answer.code) == (401, "not-authenticated")
    assert fakes.transactions.tables.events == {}


@EVERY
def test_command_without_a_key_is_refused(fakes: Fakes, operation: Operation) -> None:
    if operation.handler.keys is not Keys.NONE:
        answer = ask(operation.handler, _request(operation, headers={}))
        assert (answer.status, answer.body["errors"][0]["parameter"]) == (422, "Idempotency-Key")
        assert fakes.transactions.begun == 0


@EVERY
def test_every_refusal_is_one_line_without_the_request_in_it(fakes: Fakes, operation: Operation) -> None:
    logger, stream = logging.getLogger("riff"), io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logger.handlers[0].formatter)
    logger.addHandler(handler)
    try:
        ask(operation.handler, _request(operation, query={"kim@example.org": ["1"]}))
    finally:
        logger.removeHandler(handler)
    (line,) = stream.getvalue().splitlines()
    assert json.loads(line)["operation"] == operation.name
    assert "kim@example.org" not in line
    assert fakes.transactions.begun == 0
