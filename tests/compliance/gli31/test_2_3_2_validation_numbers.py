"""GLI-31 2.3.2, validation numbers: unpredictable, and never the same twice within a raffle."""

from hashlib import sha256
from itertools import pairwise

import pytest

from riff_critical.validation import (
    CheckCharacterError,
    NeverIssuedError,
    ValidationNumber,
    block_key,
    issue,
    parse,
    verify,
)

RAFFLE_KEY = sha256(b"a raffle").digest()
BLOCKS = 6
SLOTS_OF_A_BLOCK = 1000


def whole_raffle() -> list[str]:
    """The validation number of every order that this raffle could ever sell."""
    keys = [block_key(RAFFLE_KEY, tag) for tag in range(BLOCKS)]
    return [issue(key, ordinal) for key in keys for ordinal in range(SLOTS_OF_A_BLOCK)]


def test_no_number_repeats_over_the_whole_space_of_a_raffle() -> None:
    numbers = whole_raffle()
    assert len(numbers) == BLOCKS * SLOTS_OF_A_BLOCK == len(set(numbers))
    assert len(numbers) == len({number[:-2] for number in numbers})


def test_each_number_leads_back_to_its_order_without_a_table() -> None:
    places = [(tag, ordinal) for tag in range(BLOCKS) for ordinal in range(SLOTS_OF_A_BLOCK)]
    found = [
        (parse(number).tag, verify(block_key(RAFFLE_KEY, parse(number).tag), number))
        for number in whole_raffle()
    ]
    assert places == found


def test_the_numbers_of_another_raffle_are_different_ones() -> None:
    other = block_key(sha256(b"another raffle").digest(), 0)
    assert not set(whole_raffle()) & {issue(other, ordinal) for ordinal in range(SLOTS_OF_A_BLOCK)}


def test_neighbouring_orders_have_unrelated_numbers() -> None:
    bodies = [parse(number).body for number in whole_raffle()[:SLOTS_OF_A_BLOCK]]
    differences = {b - a for a, b in pairwise(bodies)}
    assert len(differences) == SLOTS_OF_A_BLOCK - 1


def test_a_guess_with_a_good_check_character_is_refused() -> None:
    """One guess in 1100 gets as far as the look-up of the order, which finds none: see the guess bound."""
    key = block_key(RAFFLE_KEY, 3)
    with pytest.raises(NeverIssuedError):
        verify(key, str(ValidationNumber(3, 0)))


def test_a_guess_without_the_check_rule_mostly_fails_at_once() -> None:
    number = whole_raffle()[0]
    others = [number[:-1] + check for check in "0123456789ABCDEFGHJKMNPQRSTVWXYZ" if check != number[-1]]
    assert len(others) == 31
    for other in others:
        with pytest.raises(CheckCharacterError):
            parse(other)
