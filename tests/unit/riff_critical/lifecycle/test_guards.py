"""Guards are known by permanent names."""

import re

import pytest

from riff_critical.lifecycle import Guard


def test_a_guard_is_found_by_its_name() -> None:
    assert Guard("reason-given") is Guard.REASON_GIVEN


@pytest.mark.parametrize("guard", Guard)
def test_names_are_the_member_in_kebab_case(guard: Guard) -> None:
    assert guard.value == guard.name.lower().replace("_", "-")
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", guard.value)


def test_refuses_a_name_that_is_no_guard() -> None:
    with pytest.raises(ValueError, match="reason_given"):
        Guard("reason_given")
