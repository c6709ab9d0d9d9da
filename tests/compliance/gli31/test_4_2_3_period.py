"""GLI-31 4.2.3, period: the generator does not come back to where it was.

Bound: the state has 512 bits, and one seed serves at most 2^48 requests.  That two of their states are equal
has a probability below 2^95 / 2^512 = 2^-417; that two of the 2^11 blocks of one request are equal, below
2^21 / 2^256 = 2^-235.
"""

import pytest

from riff_critical.rng import HmacDrbg, ReseedRequiredError
from riff_critical.rng.mechanism import MAX_REQUESTS


def test_no_state_and_no_answer_comes_again() -> None:
    generator = HmacDrbg(bytes(32), bytes(16))
    answers, states = set(), set()
    for _ in range(20_000):
        answers.add(generator.generate(16))
        states.add(generator._state)
    assert len(answers) == len(states) == 20_000


def test_one_seed_serves_no_more_than_the_bound_allows() -> None:
    generator = HmacDrbg(bytes(32), bytes(16))
    generator._requests = MAX_REQUESTS
    with pytest.raises(ReseedRequiredError):
        generator.generate(1)
