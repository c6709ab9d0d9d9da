"""Every hour: verify_system."""

import attrs
import pytest

from riff import wiring
from riff.errors import IntegrityFailureError
from riff.handlers.audit import verify_system
from tests.support.fakes import Fakes
from tests.support.invocations import tick


def test_keeps_what_the_core_is(fakes: Fakes) -> None:
    assert tick(verify_system.handler) == {"valid": 1}
    assert len(fakes.transactions.events()) == 1


def test_another_core_is_kept_and_not_only_refused(fakes: Fakes, monkeypatch: pytest.MonkeyPatch) -> None:
    changed = attrs.evolve(wiring.services(), certified_digest="00" * 32)
    monkeypatch.setattr(verify_system, "services", lambda: changed)
    monkeypatch.setattr(wiring, "require_certified_core", _refuse)
    with pytest.raises(IntegrityFailureError):
        tick(verify_system.handler)
    assert len(fakes.transactions.events()) == 1


def _refuse() -> None:
    raise AssertionError("the job that judges the core does not wait for it")
