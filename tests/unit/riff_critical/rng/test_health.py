"""Health tests of the entropy source."""

from fractions import Fraction
from itertools import batched
from math import comb

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from riff_critical.errors import CorruptionError
from riff_critical.rng import EntropyFaultError, HealthTest, health
from tests.support.reference.health import (
    reference_adaptive_proportion_fails,
    reference_repetition_count_fails,
)

FALSE_ALARM = Fraction(1, 2**40)
CHANCE = Fraction(1, 256)
FILLER = bytes(range(1, 256))
SAMPLES = st.lists(st.sampled_from([b"\0", b"\0\0\0", b"\x01\x02", FILLER]), min_size=1, max_size=80).map(
    b"".join
)


def tail(window: int, occurrences: int) -> Fraction:
    """The chance of more than `occurrences` of one value among `window` samples."""
    counted = sum(comb(window, i) * CHANCE**i * (1 - CHANCE) ** (window - i) for i in range(occurrences + 1))
    return Fraction(1) - counted


def fails(samples: bytes) -> bool:
    try:
        HealthTest().check(samples)
    except EntropyFaultError:
        return True
    return False


def test_the_cutoffs_follow_from_the_false_alarm_rate() -> None:
    assert health.REPETITION_CUTOFF == 1 + 40 // 8
    assert health.PROPORTION_WINDOW == 512
    critical = health.PROPORTION_CUTOFF - 1
    assert tail(512, critical) <= FALSE_ALARM < tail(512, critical - 1)


def test_accepts_five_in_a_row_and_refuses_six() -> None:
    HealthTest().check(b"\x07" * 5 + b"\x08" + b"\x07" * 5)
    with pytest.raises(EntropyFaultError, match=r"^repetition count test failed$"):
        HealthTest().check(b"\x01" + b"\x07" * 6)


def test_accepts_18_of_512_and_refuses_19() -> None:
    spread = b"".join(b"\x00" + FILLER[i : i + 20] for i in range(18))
    HealthTest().check(spread + FILLER[:100])
    with pytest.raises(EntropyFaultError, match=r"^adaptive proportion test failed$"):
        HealthTest().check(spread + b"\x00")


def test_counts_anew_in_each_window() -> None:
    window = (b"".join(b"\x00" + FILLER[i : i + 27] for i in range(18)) + FILLER)[:512]
    HealthTest().check(window * 3)
    with pytest.raises(EntropyFaultError, match=r"^adaptive proportion test failed$"):
        HealthTest().check(window + window[:-1] + b"\x00")


@given(SAMPLES, st.integers(1, 600))
@example(b"\0" + (FILLER + FILLER + b"\0\0"), 1)
def test_agrees_with_the_publication_however_the_samples_arrive(samples: bytes, piece: int) -> None:
    expected = reference_repetition_count_fails(samples, 6) or reference_adaptive_proportion_fails(
        samples, 19, 512
    )
    assert expected == fails(samples)
    test = HealthTest()
    try:
        for some in batched(samples, piece, strict=False):
            test.check(bytes(some))
    except EntropyFaultError:
        assert expected
    else:
        assert not expected


def test_stays_failed() -> None:
    test = HealthTest()
    with pytest.raises(EntropyFaultError):
        test.check(bytes(6))
    with pytest.raises(EntropyFaultError, match=r"^repetition count test failed$"):
        test.check(FILLER)
    with pytest.raises(EntropyFaultError):
        test.check(b"")


def test_its_error_stops_the_caller() -> None:
    assert issubclass(EntropyFaultError, CorruptionError)
    assert EntropyFaultError.code == "rng-entropy-fault"
