"""The core is read at the time of asking."""

import attrs

from riff.usecases.audit.verify_system import VerifySystem, verify_system
from riff.usecases.public.show_verification import ShowVerification, show_verification
from riff_critical.verification import critical_digest
from tests.support.fakes import FakeRun, Fakes


def test_compares_what_runs_with_what_was_certified() -> None:
    fakes = Fakes()
    found = show_verification(ShowVerification(), fakes.services)
    assert found.is_valid
    assert (found.digest, found.checked_at) == (critical_digest(), fakes.clock.now())


def test_tells_when_another_core_was_certified() -> None:
    services = attrs.evolve(Fakes().services, certified_digest="ab" * 32)
    assert not show_verification(ShowVerification(), services).is_valid


def test_tells_what_the_last_look_found() -> None:
    fakes = Fakes()
    assert show_verification(ShowVerification(), fakes.services).last_check is None
    looked_at = fakes.clock.now()
    verify_system(VerifySystem(), fakes.services, FakeRun(9))
    fakes.clock.advance(minutes=5)
    check = show_verification(ShowVerification(), fakes.services).last_check
    assert check
    assert (check.is_valid, check.checked_at, check.checked_by) == (True, looked_at, "system:verify_system")
