"""Limits say what is wrong, in words for the caller."""

import pytest

from riff.handlers._runtime.limits import Between, Items, Length, Limit, Matches


@pytest.mark.parametrize(
    ("limit", "value"),
    [
        (Between(1, 3), 1),
        (Between(1, 3), 3),
        (Length(1, 3), "abc"),
        (Length(0, 3), ""),
        (Items(1, 2), (1, 2)),
        (Items(1, 2), frozenset({1})),
        (Matches("[A-Z]{3}", "a currency"), "CAD"),
    ],
)
def test_takes_what_lies_inside(limit: Limit, value: object) -> None:
    assert limit.refusal(value) is None


@pytest.mark.parametrize(
    ("limit", "value", "refusal"),
    [
        (Between(1, 3), 0, "must be between 1 and 3"),
        (Between(1, 3), 4, "must be between 1 and 3"),
        (Between(1, 3), None, "must be between 1 and 3"),
        (Length(1, 3), "abcd", "must have 1 to 3 characters"),
        (Length(1, 3), "", "must have 1 to 3 characters"),
        (Length(1, 3), "\t ", "must not be blank"),
        (Items(1, 2), (), "must have 1 to 2 entries"),
        (Items(1, 2), (1, 2, 3), "must have 1 to 2 entries"),
        (Matches("[A-Z]{3}", "a currency"), "CADX", "must be a currency"),
        (Matches("[A-Z]{3}", "a currency"), "CAD\n", "must be a currency"),
    ],
)
def test_refuses_what_lies_outside(limit: Limit, value: object, refusal: str) -> None:
    assert refusal == limit.refusal(value)
