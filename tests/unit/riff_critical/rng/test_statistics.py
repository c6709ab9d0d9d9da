"""Statistics of a million draws, at 99 %, from fixed seeds; and a bias for each test to find.

Eight tests of four ranges are 32 results.  Even with a perfect generator one of them falls below 0.01 in
about a quarter of all seeds; the seed here is the first that was tried, and all 32 passed.
"""

from collections.abc import Callable
from functools import cache
from hashlib import sha256

import pytest

from riff_critical.rng import ByteStream, HmacDrbg, sample
from tests.support.battery import BATTERY, chi_square_tail

SEED = sha256(b"statistics of the generator").digest()
DRAWS = 10**6
RANGES = (2, 10, 1000, 10**6)
CONFIDENCE = 0.99

pytestmark = pytest.mark.slow


def stream(nonce: int) -> ByteStream:
    return ByteStream(HmacDrbg(SEED, nonce.to_bytes(16)).generate, 65536)


@cache
def draws(n: int) -> tuple[int, ...]:
    return sample(stream(n).read, n, DRAWS, replacement=True)


@cache
def folded() -> list[int]:
    """Draws below 1000 by remainder instead of rejection: 0 to 23 come twice as often as the others."""
    octets = stream(0).read(2 * DRAWS)
    return [(int.from_bytes(octets[i : i + 2]) & 1023) % 1000 for i in range(0, 2 * DRAWS, 2)]


@cache
def sticky() -> list[int]:
    """Every fiftieth draw repeats its predecessor."""
    return [draws(1000)[i - (i % 50 == 49)] for i in range(DRAWS)]


@cache
def ascending() -> list[int]:
    """Every fiftieth draw is exchanged with its predecessor if it is the smaller one."""
    values = list(draws(1000))
    for i in range(49, DRAWS, 50):
        values[i - 1 : i + 1] = sorted(values[i - 1 : i + 1])
    return values


@pytest.mark.parametrize("n", RANGES)
@pytest.mark.parametrize("name", BATTERY)
def test_passes(name: str, n: int) -> None:
    assert BATTERY[name](draws(n), n) > 1 - CONFIDENCE


@pytest.mark.parametrize(
    ("name", "biased"),
    [
        ("chi-square", folded),
        ("Kolmogorov-Smirnov", folded),
        ("runs", sticky),
        ("serial correlation", sticky),
        ("gap", sticky),
        ("poker", sticky),
        ("coupon collector", sticky),
        ("permutation", ascending),
    ],
)
def test_finds_an_injected_bias(name: str, biased: Callable[[], list[int]]) -> None:
    assert BATTERY[name](biased(), 1000) < (1 - CONFIDENCE) / 1000


def test_the_battery_s_distribution_agrees_with_printed_tables() -> None:
    """Upper 5 % points of chi-square with 1, 10 and 100 degrees of freedom, and 1 % with 30."""
    points = [(3.841, 1, 0.05), (18.307, 10, 0.05), (124.342, 100, 0.05), (50.892, 30, 0.01)]
    assert all(abs(chi_square_tail(point, freedom) - p) < 5e-5 for point, freedom, p in points)
