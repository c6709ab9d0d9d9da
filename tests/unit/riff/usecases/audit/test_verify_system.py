"""Every hour, what the core is now is kept."""

import attrs
import pytest

from riff.domain.audit.core_check import CORE_STREAM, CoreCheck
from riff.domain.audit.event_catalogue import EventKind
from riff.errors import IntegrityFailureError
from riff.usecases.audit.verify_system import VerifySystem, verify_system
from riff_critical.verification import critical_digest
from tests.support.fakes import FakeRun, Fakes


def last(fakes: Fakes) -> CoreCheck:
    with fakes.transactions.begin() as work:
        event = work.events.last(CORE_STREAM)
    assert event is not None
    return CoreCheck.of(event)


def test_keeps_that_the_core_is_the_certified_one() -> None:
    fakes, run = Fakes(), FakeRun(9)
    verify_system(VerifySystem(), fakes.services, run)
    assert run.counts == {"valid": 1}
    check = last(fakes)
    assert check == CoreCheck(fakes.clock.now(), "system:verify_system", critical_digest(), critical_digest())
    assert (check.is_valid, fakes.transactions.event_kinds()) == (True, [EventKind.SYSTEM_VERIFIED])


def test_keeps_that_it_is_another_one_and_raises_the_alarm() -> None:
    fakes, run = Fakes(), FakeRun(9)
    services = attrs.evolve(fakes.services, certified_digest="00" * 32)
    with pytest.raises(IntegrityFailureError):
        verify_system(VerifySystem(), services, run)
    assert run.counts == {"invalid": 1}
    assert (last(fakes).is_valid, last(fakes).certified_digest) == (False, "00" * 32)
    assert fakes.transactions.event_kinds() == [EventKind.SYSTEM_DIFFERS]


def test_the_last_look_counts() -> None:
    fakes = Fakes()
    for _ in range(2):
        fakes.clock.advance(hours=1)
        verify_system(VerifySystem(), fakes.services, FakeRun(9))
    assert last(fakes).checked_at == fakes.clock.now()
