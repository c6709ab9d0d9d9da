"""What handlers see of requests; how parts are read is told in test_http.py."""

from uuid import UUID

import pytest

from riff.domain.accounts.actor import GUEST
from riff.errors import NotFoundError
from riff.handlers._runtime.gateway import incoming
from riff.handlers._runtime.request import RawBody, Request
from tests.support.gateway import an_event

ID = "0196f1d2-7b1c-7c3e-9a10-5b5f0e3c2a44"


def _request(thing: str) -> Request[None]:
    event = an_event(route="/things/{id}", variables={"id": thing}, query={"cursor": ["abc"]})
    return Request(None, GUEST, incoming(event), None)


def test_reads_identifiers_and_texts() -> None:
    assert (UUID(ID), "abc") == (_request(ID).path_id("id"), _request(ID).query_text("cursor"))


def test_absent_text_is_none() -> None:
    assert _request(ID).query_text("limit") is None


def test_what_is_no_identifier_names_nothing() -> None:
    with pytest.raises(NotFoundError):
        _request("1").path_id("id")


def test_signed_bodies_are_not_printed() -> None:
    assert "secret" not in repr(RawBody({}, b"secret"))
