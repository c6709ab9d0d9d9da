"""Validation numbers: vectors, the check character proved, bijection, refusals."""

from functools import reduce
from hashlib import sha256
from itertools import pairwise, product
from operator import xor
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riff_critical.errors import InvalidInputError, RefusedError
from riff_critical.validation import (
    BlockKey,
    BlockTagError,
    CheckCharacterError,
    ForeignBlockError,
    FormError,
    KeyLengthError,
    NeverIssuedError,
    OrdinalError,
    ValidationNumber,
    block_key,
    form,
    issue,
    parse,
    verify,
)
from tests.support import vectors
from tests.support.reference.validation import ALPHABET, reference_check, reference_issue, reference_text
from tools.vectors.validation import cases

RAFFLE_KEY = sha256(b"raffle").digest()
BLOCK = block_key(RAFFLE_KEY, 1234)
POSITIONS = range(12)
DIFFERENCES = range(1, 32)
TAGS = st.integers(0, 32767)
BODIES = st.integers(0, 2**40 - 1)
ORDINALS = st.integers(0, 10**9 - 1)


def block(given: dict[str, Any]) -> BlockKey:
    return BlockKey(given["tag"], bytes.fromhex(given["secret"]))


OPERATIONS = {
    "block_key": lambda given: block_key(bytes.fromhex(given["raffle_key"]), given["tag"]).secret.hex(),
    "issue": lambda given: issue(block(given), given["ordinal"]),
    "verify": lambda given: verify(block(given), given["text"]),
    "parse": lambda given: [(number := parse(given["text"])).tag, number.body],
}


@pytest.mark.parametrize("case", vectors.cases("validation.json"))
def test_vector(case: dict[str, Any]) -> None:
    vectors.run(case, OPERATIONS)


def test_vectors_are_what_their_tool_writes() -> None:
    vectors.check_file("validation.json", cases().text())


def syndrome(word: list[int]) -> int:
    """0 when the last of twelve values is the check value of the others."""
    return form._check_value(word[:-1]) ^ word[-1]


def alone(position: int, value: int) -> list[int]:
    """The word that is 0 everywhere but at `position`."""
    return [value if index == position else 0 for index in POSITIONS]


@given(st.lists(st.integers(0, 31), min_size=12, max_size=12))
def test_the_syndrome_is_the_sum_over_the_positions(word: list[int]) -> None:
    """So what an error does to one word it does to every word, and the tests that follow are proofs."""
    alone_ = [syndrome(alone(position, value)) for position, value in enumerate(word)]
    assert syndrome(word) == reduce(xor, alone_)


def test_the_sum_at_one_position_is_a_sum_of_bits() -> None:
    for position, a, b in product(POSITIONS, range(32), range(32)):
        assert syndrome(alone(position, a)) ^ syndrome(alone(position, b)) == syndrome(alone(position, a ^ b))


def test_every_single_error_is_found() -> None:
    assert all(syndrome(alone(position, d)) for position, d in product(POSITIONS, DIFFERENCES))


def test_every_exchange_of_two_characters_is_found() -> None:
    for first, second, d in product(POSITIONS, POSITIONS, DIFFERENCES):
        if first != second:
            assert syndrome(alone(first, d)) ^ syndrome(alone(second, d))


def test_every_double_character_mistaken_for_another_is_found() -> None:
    for first, d in product(range(11), DIFFERENCES):
        assert syndrome(alone(first, d)) ^ syndrome(alone(first + 1, d))


def test_every_error_in_one_printed_number_is_found() -> None:
    number = issue(BLOCK, 77).replace("-", "")
    wrong = [number[:i] + c + number[i + 1 :] for i, c in product(POSITIONS, ALPHABET) if c != number[i]]
    pairs = [(i, j) for i, j in product(POSITIONS, POSITIONS) if i < j and number[i] != number[j]]
    wrong += [number[:i] + number[j] + number[i + 1 : j] + number[i] + number[j + 1 :] for i, j in pairs]
    assert len(wrong) > 12 * 31
    for text in wrong:
        with pytest.raises(CheckCharacterError):
            parse(text)


@given(st.lists(st.integers(0, 31), min_size=11, max_size=11))
def test_the_check_character_is_the_reference_s(values: list[int]) -> None:
    assert reference_check(values) == form._check_value(values)


@given(TAGS, BODIES)
def test_what_is_written_is_read(tag: int, body: int) -> None:
    text = str(ValidationNumber(tag, body))
    assert reference_text(tag, body) == text
    assert parse(text) == ValidationNumber(tag, body)
    assert parse(text.lower().replace("0", "O").replace("1", "l").replace("-", " ")) == ValidationNumber(
        tag, body
    )


@given(st.text(max_size=20))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        number = parse(text)
    except (FormError, CheckCharacterError):
        return
    assert parse(str(number)) == number


@given(TAGS, ORDINALS)
def test_what_is_issued_is_verified(tag: int, ordinal: int) -> None:
    key = block_key(RAFFLE_KEY, tag)
    text = issue(key, ordinal)
    assert reference_issue(key.secret, tag, ordinal) == text
    assert ordinal == verify(key, text)


def test_no_two_orders_of_a_block_have_the_same_number() -> None:
    issued = [issue(BLOCK, ordinal) for ordinal in range(5000)]
    assert len(issued) == len(set(issued))
    assert list(range(5000)) == [verify(BLOCK, text) for text in issued]


def test_no_two_blocks_have_the_same_number() -> None:
    blocks = [block_key(RAFFLE_KEY, tag) for tag in range(200)]
    issued = [issue(key, ordinal) for key, ordinal in product(blocks, range(5))]
    assert len(issued) == len(set(issued))
    assert len({key.secret for key in blocks}) == len(blocks)


def test_bodies_look_random() -> None:
    """Each bit is set about half the time, and about half of all bits change from order to order."""
    bodies = [parse(issue(BLOCK, ordinal)).body for ordinal in range(4000)]
    ones = [sum(body >> bit & 1 for body in bodies) for bit in range(40)]
    changes = sum((a ^ b).bit_count() for a, b in pairwise(bodies))
    assert all(1850 < count < 2150 for count in ones)
    assert 78_500 < changes < 81_500


@given(TAGS, ORDINALS)
def test_refuses_the_number_of_another_raffle(tag: int, ordinal: int) -> None:
    ours, theirs = block_key(RAFFLE_KEY, tag), block_key(sha256(b"other").digest(), tag)
    try:
        assert ordinal != verify(ours, issue(theirs, ordinal))
    except NeverIssuedError:
        return


def test_refuses_almost_every_guess() -> None:
    guesses = [str(ValidationNumber(1234, body)) for body in range(0, 2**40, 2**28)]
    accepted = 0
    for text in guesses:
        try:
            verify(BLOCK, text)
        except NeverIssuedError:
            continue
        accepted += 1
    assert accepted <= 16  # 4096 guesses * 10^9 / 2^40 = 3.7 on average; the key is fixed


def test_sentences_name_the_rule() -> None:
    number = issue(BLOCK, 5)
    with pytest.raises(FormError, match=r"^a validation number has 12 letters and digits$"):
        parse("")
    with pytest.raises(CheckCharacterError, match=r"^the check character does not fit$"):
        parse(number[:-1] + ("0" if number[-1] != "0" else "1"))
    with pytest.raises(ForeignBlockError, match=r"^the number carries tag 1234, the block 1233$"):
        verify(block_key(RAFFLE_KEY, 1233), number)
    with pytest.raises(OrdinalError, match=r"^an ordinal is 0 to 999999999: -1$"):
        issue(BLOCK, -1)
    with pytest.raises(BlockTagError, match=r"^a block tag is 0 to 32767: 32768$"):
        block_key(RAFFLE_KEY, 32768)
    with pytest.raises(KeyLengthError, match=r"^a key has 32 bytes: 31$"):
        BlockKey(0, bytes(31))
    with pytest.raises(NeverIssuedError, match=r"^no order of the block has this number$"):
        verify(BLOCK, str(ValidationNumber(1234, 0)))


def test_a_key_does_not_show_in_a_log_and_cannot_be_changed() -> None:
    assert BLOCK.secret.hex() not in repr(BLOCK)
    assert repr(BLOCK.secret) not in repr(BLOCK)
    with pytest.raises(AttributeError):
        BLOCK.tag = 5  # type: ignore[misc]  # the refusal is the point


def test_errors_say_who_can_act() -> None:
    invalid = (FormError, CheckCharacterError, OrdinalError, BlockTagError, KeyLengthError)
    assert all(issubclass(error, InvalidInputError) for error in invalid)
    assert all(issubclass(error, RefusedError) for error in (ForeignBlockError, NeverIssuedError))
