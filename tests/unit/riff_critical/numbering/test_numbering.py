"""Draw numbers: vectors, bijections of every small size, limits."""

from hashlib import sha256
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riff_critical.errors import InvalidInputError
from riff_critical.numbering import (
    FirstNumberError,
    KeyLengthError,
    NumberError,
    Numbering,
    SizeError,
    SlotError,
    scheme,
)
from riff_critical.numbering.feistel import Feistel
from riff_critical.numbering.shuffle import Shuffle
from tests.support import vectors
from tests.support.reference.numbering import reference_feistel, reference_shuffle
from tools.vectors.numbering import cases

KEY = sha256(b"key").digest()
OTHER_KEY = sha256(b"other key").digest()
LARGE = 10**6 + 1


def numbering(given: dict[str, Any]) -> Numbering:
    if given["key"] is None:
        return Numbering.sequential(given["first"], given["size"])
    return Numbering.random(bytes.fromhex(given["key"]), given["size"], given["first"])


OPERATIONS = {
    "number": lambda given: numbering(given).number(given["slot"]),
    "slot": lambda given: numbering(given).slot(given["number"]),
}


@pytest.mark.parametrize("case", vectors.cases("numbering.json"))
def test_vector(case: dict[str, Any]) -> None:
    vectors.run(case, OPERATIONS)


def test_vectors_are_what_their_tool_writes() -> None:
    vectors.check_file("numbering.json", cases().text())


def is_bijection(subject: Numbering, size: int, first: int) -> bool:
    numbers = [subject.number(slot) for slot in range(size)]
    back = [subject.slot(number) for number in numbers]
    return sorted(numbers) == list(range(first, first + size)) and back == list(range(size))


def test_sequential_is_a_bijection_for_every_size_up_to_2000() -> None:
    assert all(is_bijection(Numbering.sequential(1, size), size, 1) for size in range(1, 2001))


def test_random_is_a_bijection_for_every_size_up_to_2000() -> None:
    assert all(is_bijection(Numbering.random(KEY, size, 100), size, 100) for size in range(1, 2001))


def test_the_network_is_a_bijection_for_every_size_up_to_300() -> None:
    for size in range(1, 301):
        network = Feistel(KEY, size)
        images = [network.image(x) for x in range(size)]
        assert sorted(images) == list(range(size))
        assert [network.preimage(y) for y in images] == list(range(size))


@pytest.mark.parametrize("bits", range(9, 13))
def test_the_network_is_a_bijection_of_every_width(bits: int) -> None:
    network = Feistel(KEY, 2**bits)
    assert sorted(map(network.image, range(2**bits))) == list(range(2**bits))


@given(st.integers(1, 10**9), st.randoms(use_true_random=False), st.booleans())
def test_every_slot_is_found_again(size: int, random: Random, sequential: bool) -> None:
    slot, first = random.randrange(size), random.randrange(10**9)
    subject = Numbering.sequential(first, size) if sequential else Numbering(first, max(size, LARGE), KEY)
    number = subject.number(slot)
    assert first <= number < first + max(size, LARGE)
    assert slot == subject.slot(number)


@given(st.integers(1, 400), st.binary(min_size=32, max_size=32))
def test_the_table_agrees_with_the_reference(size: int, key: bytes) -> None:
    table = Shuffle(key, size)
    assert reference_shuffle(key, size) == [table.image(x) for x in range(size)]


@given(st.integers(1, 2**32), st.binary(min_size=32, max_size=32), st.randoms(use_true_random=False))
def test_the_network_agrees_with_the_reference(size: int, key: bytes, random: Random) -> None:
    x = random.randrange(size)
    image = Feistel(key, size).image(x)
    assert reference_feistel(key, size, x) == image
    assert x == Feistel(key, size).preimage(image)


@pytest.mark.parametrize("size", [1000, LARGE])
def test_the_order_depends_on_key_and_size(size: int) -> None:
    def some(key: bytes, size: int) -> list[int]:
        return [Numbering.random(key, size).number(slot) for slot in range(20)]

    assert some(KEY, size) == some(KEY, size)
    assert some(KEY, size) != some(OTHER_KEY, size)
    assert some(KEY, size) != some(KEY, size + 1)
    assert some(KEY, size) != list(range(20))


def test_the_table_serves_up_to_a_million_and_is_made_once_when_needed() -> None:
    subject = Numbering.random(KEY, 10**6)
    table = subject._permutation
    assert isinstance(table, Shuffle)
    assert "_table" not in vars(table)
    assert isinstance(Numbering.random(KEY, LARGE)._permutation, Feistel)
    Numbering.random(KEY, 50).number(0)
    again = Numbering.random(KEY, 50, 7)._permutation
    assert "_table" in vars(again)
    assert "_inverse" not in vars(again)


def test_keeps_few_tables() -> None:
    for size in range(1, 50):
        Numbering.random(KEY, size)
    assert scheme._keyed_permutation.cache_info().currsize == 4


def test_sequential_has_the_largest_space_by_default() -> None:
    subject = Numbering.sequential(1)
    assert subject.number(10**9 - 1) == 10**9
    with pytest.raises(SlotError):
        subject.number(10**9)


def test_random_begins_with_0_by_default() -> None:
    assert {Numbering.random(KEY, 3).number(slot) for slot in range(3)} == {0, 1, 2}


def test_sentences_name_the_limits() -> None:
    subject = Numbering.sequential(100, 10)
    with pytest.raises(SlotError, match=r"^slots are 0 to 9: 10$"):
        subject.number(10)
    with pytest.raises(NumberError, match=r"^draw numbers are 100 to 109: 110$"):
        subject.slot(110)
    with pytest.raises(SizeError, match=r"^a number space has 1 to 1000000000 slots: 0$"):
        Numbering.sequential(1, 0)
    with pytest.raises(FirstNumberError, match=r"^draw numbers are not negative: -1$"):
        Numbering.sequential(-1)
    with pytest.raises(KeyLengthError, match=r"^a numbering key has 32 bytes: 3$"):
        Numbering.random(b"key", 10)


@pytest.mark.parametrize("error", [SlotError, NumberError, SizeError, FirstNumberError, KeyLengthError])
def test_errors_say_who_can_act(error: type[Exception]) -> None:
    assert issubclass(error, InvalidInputError)
