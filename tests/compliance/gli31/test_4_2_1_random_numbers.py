"""GLI-31 4.2.1, random numbers: independent, of the right distribution, passing statistical tests at 99 %.

A tenth of the draws of tests/unit/riff_critical/rng/test_statistics.py, from the range of a middling raffle.
"""

from hashlib import sha256

import pytest

from riff_critical.rng import ByteStream, HmacDrbg, sample, self_test
from tests.support.battery import BATTERY

RANGE = 40_000
DRAWS = 100_000


@pytest.fixture(scope="module")
def draws() -> tuple[int, ...]:
    generator = HmacDrbg(sha256(b"GLI-31 4.2.1").digest(), bytes(16))
    return sample(ByteStream(generator.generate).read, RANGE, DRAWS, replacement=True)


@pytest.mark.parametrize("name", BATTERY)
def test_passes_at_99_percent(name: str, draws: tuple[int, ...]) -> None:
    assert BATTERY[name](draws, RANGE) > 0.01


def test_the_generator_gives_the_published_answers() -> None:
    self_test()
