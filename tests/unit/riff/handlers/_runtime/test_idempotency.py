"""What recognises a repeated command."""

import pytest

from riff.domain.accounts.actor import GUEST
from riff.errors import InvalidRequestError
from riff.handlers._runtime.gateway import incoming
from riff.handlers._runtime.idempotency import key_of, request_key
from tests.support.gateway import KEY, an_event


def _digest(**changes: object) -> bytes:
    event = an_event("POST", "/things/{id}", variables={"id": "7"}, body={"a": 1, "b": [2]})
    return request_key(incoming({**event, **changes}), "place", GUEST, KEY).digest


def test_spelling_of_the_body_does_not_count() -> None:
    assert _digest() == _digest(body='{ "b": [2],\n"a": 1 }')


@pytest.mark.parametrize(
    "changes",
    [
        {"httpMethod": "PUT"},
        {"resource": "/other/{id}"},
        {"pathParameters": {"id": "8"}},
        {"body": '{"a": 1, "b": [3]}'},
        {"body": '{"a": "1", "b": [2]}'},
        {"body": None},
    ],
)
def test_everything_that_was_asked_counts(changes: dict[str, object]) -> None:
    assert _digest() != _digest(**changes)


def test_keys_belong_to_the_operation_and_the_actor() -> None:
    asked = incoming(an_event("POST"))
    assert request_key(asked, "place", GUEST, KEY).scope == "place guest:guest"


@pytest.mark.parametrize("key", ["k" * 8, "k" * 64, "!~aB9-_:"])
def test_takes_8_to_64_printable_characters(key: str) -> None:
    assert key_of(incoming(an_event(headers={"IDEMPOTENCY-KEY": key}))) == key


@pytest.mark.parametrize("key", ["k" * 7, "k" * 65, "k" * 8 + "\n", "kkkk kkkk", "kkkkkkkk\x7f"])
def test_refuses_other_keys(key: str) -> None:
    with pytest.raises(InvalidRequestError):
        key_of(incoming(an_event(headers={"Idempotency-Key": key})))
