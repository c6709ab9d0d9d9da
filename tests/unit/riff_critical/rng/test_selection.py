"""Unbiased choice: every output of the generator enumerated on small ranges, and properties on large ones."""

from collections import Counter
from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import islice, permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riff_critical.errors import CorruptionError, InvalidInputError
from riff_critical.rng import HmacDrbg, RangeError, SampleSizeError, SelectionFaultError, below, sample
from riff_critical.rng.stream import ByteStream
from tests.support.reference.selection import reference_below, reference_sample

EVERY_BYTE = [bytes([byte]) for byte in range(256)]


def outcomes(streams: Iterator[bytes], choose: Callable[[Callable[[int], bytes]], object]) -> Counter[object]:
    """How often each outcome is reached and uses up its stream; streams that end too early decide nothing."""
    counted: Counter[object] = Counter()
    for stream in streams:
        source = BytesIO(stream)
        try:
            outcome = choose(source.read)
        except SelectionFaultError:
            continue
        if source.tell() == len(stream):
            counted[outcome] += 1
    return counted


def drbg_read() -> Callable[[int], bytes]:
    return ByteStream(HmacDrbg(bytes(range(32)), bytes(16)).generate).read


@pytest.mark.parametrize("n", range(2, 65))
def test_below_is_uniform_over_every_byte_of_the_generator(n: int) -> None:
    counted = outcomes(iter(EVERY_BYTE), lambda read: below(read, n))
    each = 256 >> (n - 1).bit_length()
    assert dict.fromkeys(range(n), each) == dict(counted)


@pytest.mark.parametrize("n", [2, 3, 5, 11, 37, 64])
def test_below_stays_uniform_after_a_discarded_value(n: int) -> None:
    counted = outcomes((a + b for a, b in product(EVERY_BYTE, repeat=2)), lambda read: below(read, n))
    bits = (n - 1).bit_length()
    discarded = ((1 << bits) - n) * (256 >> bits)
    assert {value: discarded * (256 >> bits) for value in range(n) if discarded} == dict(counted)


def test_below_is_uniform_over_every_pair_of_bytes() -> None:
    pairs = (a + b for a, b in product(EVERY_BYTE, repeat=2))
    assert dict.fromkeys(range(300), 128) == dict(outcomes(pairs, lambda read: below(read, 300)))


@pytest.mark.parametrize("n", range(1, 65))
def test_two_winners_are_uniform_over_every_output(n: int) -> None:
    values = [bytes([value]) for value in range(1 << (n - 1).bit_length())]
    streams = (a + b for a, b in product(values, repeat=2)) if n > 1 else iter([b""])
    counted = outcomes(streams, lambda read: sample(read, n, min(n, 2), replacement=False))
    assert dict.fromkeys(permutations(range(n), min(n, 2)), 1) == dict(counted)


@pytest.mark.parametrize("n", range(2, 9))
@pytest.mark.parametrize("length", [3, 4])
def test_three_winners_are_uniform_over_every_output(n: int, length: int) -> None:
    values = [bytes([value]) for value in range(1 << (n - 1).bit_length())]
    streams = map(b"".join, product(values, repeat=length))
    k = min(n, 3)
    counted = outcomes(streams, lambda read: sample(read, n, k, replacement=False))
    assert counted.keys() in ({*permutations(range(n), k)}, set())
    assert len(set(counted.values())) <= 1


@pytest.mark.parametrize("n", range(2, 17))
def test_two_winners_with_replacement_are_uniform_over_every_output(n: int) -> None:
    streams = (a + b for a, b in product(EVERY_BYTE[:16], repeat=2))
    counted = outcomes(streams, lambda read: sample(read, n, 2, replacement=True))
    each = (16 >> (n - 1).bit_length()) ** 2
    assert dict.fromkeys(product(range(n), repeat=2), each) == dict(counted)


@given(st.integers(2, 2**64), st.binary(min_size=2000, max_size=2000))
def test_below_agrees_with_the_reference(n: int, stream: bytes) -> None:
    source, left = BytesIO(stream), list(stream)
    try:
        expected = reference_below(left, n)
    except IndexError:
        with pytest.raises(SelectionFaultError):
            below(source.read, n)
        return
    assert (expected, len(stream) - len(left)) == (below(source.read, n), source.tell())


@given(st.integers(1, 300), st.integers(0, 30), st.booleans())
def test_sample_agrees_with_the_reference(n: int, k: int, replacement: bool) -> None:
    stream = drbg_read()(20_000)
    picks = min(n, k)
    source = BytesIO(stream)
    expected = reference_sample(list(stream), n, picks, replacement=replacement)
    assert tuple(expected) == sample(source.read, n, picks, replacement)


def test_a_draw_of_all_is_a_permutation() -> None:
    drawn = sample(drbg_read(), 500, 500, replacement=False)
    assert list(range(500)) == sorted(drawn)
    assert list(range(500)) != list(drawn)


def test_more_alternates_do_not_change_the_winners() -> None:
    assert (
        sample(drbg_read(), 10**6, 3, replacement=False)
        == sample(drbg_read(), 10**6, 9, replacement=False)[:3]
    )


def test_reads_exactly_what_each_candidate_needs() -> None:
    reads: list[int] = []
    read = drbg_read()

    def counting(n: int) -> bytes:
        reads.append(n)
        return read(n)

    for n, size in ((1, 0), (2, 1), (256, 1), (257, 2), (65536, 2), (65537, 3), (2**64, 8)):
        reads.clear()
        below(counting, n)
        assert set(reads) == ({size} if size else set())


def test_one_value_needs_no_source() -> None:
    assert below(bytes, 1) == 0
    assert sample(bytes, 1, 1, replacement=False) == (0,)
    assert sample(bytes, 1, 4, replacement=True) == (0, 0, 0, 0)
    assert sample(bytes, 9, 0, replacement=False) == ()


@pytest.mark.parametrize("length", [0, 1, 3])
def test_refuses_an_answer_of_another_length(length: int) -> None:
    with pytest.raises(SelectionFaultError, match=f"^the source gave {length} bytes instead of 2$"):
        below(lambda _: bytes(length), 300)


def test_sentences_name_the_limit() -> None:
    with pytest.raises(RangeError, match=f"^a range has 1 to {2**64} values: 0$"):
        below(bytes, 0)
    with pytest.raises(SampleSizeError, match=r"^6 picks from a range of 5$"):
        sample(bytes, 5, 6, replacement=False)
    with pytest.raises(SelectionFaultError, match=r"^128 values in a row were out of range$"):
        below(lambda n: b"\xff" * n, 5)
    with pytest.raises(SelectionFaultError, match=r"^the source repeats itself$"):
        sample(bytes, 5, 2, replacement=False)


def test_a_stuck_source_is_given_up_after_a_bounded_number_of_reads() -> None:
    zeros = iter(lambda: b"\0", None)
    reads = islice(zeros, 10_000)
    with pytest.raises(SelectionFaultError, match=r"^the source repeats itself$"):
        sample(lambda _: next(reads), 6, 6, replacement=False)
    assert len(list(reads)) == 10_000 - 1 - 128 * 2


def test_errors_say_who_can_act() -> None:
    assert issubclass(RangeError, InvalidInputError)
    assert issubclass(SampleSizeError, InvalidInputError)
    assert issubclass(SelectionFaultError, CorruptionError)
