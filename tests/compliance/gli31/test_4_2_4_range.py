"""GLI-31 4.2.4, range: every outcome of a draw can happen.

Bound: the seed has 256 bits.  Eight winners, in order, among 10^9 numbers can come out in fewer than 2^240
ways, so that each has many seeds; of longer lists each rank is still chosen among all numbers that are left.
"""

import pytest

from riff_critical.numbering import MAX_SIZE
from riff_critical.rng import MAX_RANGE, ByteStream, HmacDrbg, below, sample


def test_the_largest_raffle_fits_with_room_to_spare() -> None:
    assert MAX_RANGE >= MAX_SIZE * 2**32


@pytest.mark.parametrize("n", [2, 100, 1000, 5000])
def test_every_value_of_a_small_range_occurs(n: int) -> None:
    read = ByteStream(HmacDrbg(bytes(32), bytes(16)).generate).read
    assert set(range(n)) == set(sample(read, n, 20 * n, replacement=True))


def test_first_and_last_of_the_largest_raffle_can_be_drawn() -> None:
    assert below(bytes, MAX_SIZE) == 0
    assert below(lambda _: (MAX_SIZE - 1).to_bytes(4), MAX_SIZE) == MAX_SIZE - 1
