"""The core is read at the time of asking."""

import attrs

from riff.usecases.public.show_verification import ShowVerification, show_verification
from riff_critical.verification import critical_digest
from tests.support.fakes import Fakes


def test_compares_what_runs_with_what_was_certified() -> None:
    fakes = Fakes()
    found = show_verification(ShowVerification(), fakes.services)
    assert found.is_valid
    assert (found.digest, found.checked_at) == (critical_digest(), fakes.clock.now())


def test_tells_when_another_core_was_certified() -> None:
    services = attrs.evolve(Fakes().services, certified_digest="ab" * 32)
    assert not show_verification(ShowVerification(), services).is_valid
