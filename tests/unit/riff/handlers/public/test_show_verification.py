"""GET /verification."""

from base64 import b64decode

import attrs
import pytest

from riff import wiring
from riff.domain.audit.core_check import CORE_STREAM, CoreCheck
from riff.handlers.public import show_verification
from riff_critical.verification import critical_digest, files
from tests.support.fakes import Fakes
from tests.support.gateway import Answer, an_event, ask


def _show() -> Answer:
    return ask(show_verification.handler, an_event("GET", "/verification"))


def test_shows_every_file_of_the_core_and_that_it_is_the_certified_one(fakes: Fakes) -> None:
    body = _show().body
    assert (body["verdict"], body["digest"]) == ("VALID", critical_digest())
    assert {each["path"]: each["sha256"] for each in body["files"]} == {
        each.path: each.sha256.hex() for each in files()
    }
    assert b64decode(body["ledger_key"]) == fakes.ledgers.signer.public_key
    assert body["ledger_origin"] == fakes.services.ledger.origin


@pytest.mark.usefixtures("fakes")
def test_says_when_it_is_another_one(monkeypatch: pytest.MonkeyPatch) -> None:
    changed = attrs.evolve(wiring.services(), certified_digest="00" * 32)
    monkeypatch.setattr(show_verification, "services", lambda: changed)
    body = _show().body
    assert (body["verdict"], body["certified_digest"]) == ("INVALID", "00" * 32)


def test_shows_what_the_last_look_found(fakes: Fakes) -> None:
    assert "last_check" not in _show().body
    check = CoreCheck(fakes.clock.now(), "system:verify_system", "ab" * 32, "cd" * 32)
    with fakes.transactions.begin() as work:
        work.events.append(CORE_STREAM, check.kind, check.checked_at, check.checked_by, check.facts)
    shown = _show().body["last_check"]
    assert (shown["verdict"], shown["checked_by"]) == ("INVALID", "system:verify_system")
    assert (shown["digest"], shown["certified_digest"]) == ("ab" * 32, "cd" * 32)
