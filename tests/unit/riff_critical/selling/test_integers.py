"""Whole numbers only."""

from fractions import Fraction

import pytest

from riff_critical.errors import InvalidInputError
from riff_critical.selling import NotAnIntegerError
from riff_critical.selling.integers import require_integer


@pytest.mark.parametrize("value", [0, 1, 2**53 - 1])
def test_accepts_whole_numbers_up_to_the_bound(value: int) -> None:
    require_integer("amount", value)


@pytest.mark.parametrize("value", [True, False, 1.0, "1", None, Fraction(1), -1, 2**53, float("nan")])
def test_refuses_everything_else(value: object) -> None:
    with pytest.raises(
        NotAnIntegerError, match="amount must be an integer from 0 to 9007199254740991"
    ) as refusal:
        require_integer("amount", value)
    assert isinstance(refusal.value, InvalidInputError)


@pytest.mark.parametrize(("value", "allowed"), [(2, False), (3, True), (5, True), (6, False)])
def test_both_bounds_are_included(value: int, allowed: bool) -> None:
    if allowed:
        require_integer("n", value, 3, 5)
        return
    with pytest.raises(NotAnIntegerError, match=f"from 3 to 5, not {value}"):
        require_integer("n", value, 3, 5)
