"""GLI-31 3.6.1, independent integrity check: anybody can ask which files run, and compare them."""

import attrs
import pytest

from riff.domain.audit.core_check import CoreCheck
from riff.errors import IntegrityFailureError
from riff.usecases.audit.verify_system import VerifySystem, verify_system
from riff.usecases.public.show_verification import ShowVerification, show_verification
from riff_critical.verification import aggregate, critical_digest, files
from tests.support.fakes import FakeRun, Fakes


def test_every_critical_file_is_told_with_its_digest() -> None:
    found = show_verification(ShowVerification(), Fakes().services)
    assert found.files == files()
    assert found.digest == aggregate(found.files).hex()


def test_another_core_than_the_certified_one_is_told() -> None:
    services = attrs.evolve(Fakes().services, certified_digest="00" * 32)
    assert not show_verification(ShowVerification(), services).is_valid


def test_the_last_check_is_told_with_its_result() -> None:
    """By whom, when, and what came of it; also that the program was found to be another one."""
    fakes = Fakes()
    verify_system(VerifySystem(), fakes.services, FakeRun(9))
    changed = attrs.evolve(fakes.services, certified_digest="00" * 32)
    assert show_verification(ShowVerification(), changed).last_check == CoreCheck(
        fakes.clock.now(), "system:verify_system", critical_digest(), critical_digest()
    )
    fakes.clock.advance(hours=1)
    with pytest.raises(IntegrityFailureError):
        verify_system(VerifySystem(), changed, FakeRun(9))
    last = show_verification(ShowVerification(), changed).last_check
    assert last
    assert (last.is_valid, last.checked_at) == (False, fakes.clock.now())
