"""GLI-31 3.6.1, independent integrity check: anybody can ask which files run, and compare them."""

import attrs

from riff.usecases.public.show_verification import ShowVerification, show_verification
from riff_critical.verification import aggregate, files
from tests.support.fakes import Fakes


def test_every_critical_file_is_told_with_its_digest() -> None:
    found = show_verification(ShowVerification(), Fakes().services)
    assert found.files == files()
    assert found.digest == aggregate(found.files).hex()


def test_another_core_than_the_certified_one_is_told() -> None:
    services = attrs.evolve(Fakes().services, certified_digest="00" * 32)
    assert not show_verification(ShowVerification(), services).is_valid
