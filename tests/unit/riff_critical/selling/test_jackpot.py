"""The jackpot is made of whole cents, and none is lost."""

from copy import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riff_critical.selling import (
    Basis,
    Jackpot,
    JackpotRules,
    JackpotRulesError,
    Rounding,
    Subtotal,
    divide,
    jackpot,
)

MONEY = st.integers(0, 10**9)
RULES = st.builds(
    JackpotRules,
    share_basis_points=st.integers(0, 10_000),
    basis=st.sampled_from(Basis),
    seed_cents=st.integers(0, 10**5),
    minimum_cents=st.integers(0, 10**5),
    cap_cents=st.none() | st.integers(10**5, 10**9),
    rounding_unit=st.integers(1, 10_000),
    rounding=st.sampled_from(Rounding),
)


def sales(cents: int) -> Subtotal:
    return Subtotal(sold_slots=1, sold_cents=cents)


@given(RULES, MONEY, MONEY)
def test_prize_and_proceeds_are_all_of_the_base(rules: JackpotRules, sold: int, fees: int) -> None:
    found = jackpot(rules, sales(sold), fees)
    assert found.amount_cents + found.proceeds_cents == found.base_cents
    assert found.base_cents == (sold if rules.basis is Basis.GROSS else max(sold - fees, 0))


@given(RULES, MONEY, MONEY)
def test_the_prize_lies_between_minimum_and_cap(rules: JackpotRules, sold: int, fees: int) -> None:
    found = jackpot(rules, sales(sold), fees)
    assert rules.minimum_cents <= found.amount_cents <= found.uncapped_cents
    if rules.cap_cents is not None:
        assert found.amount_cents <= rules.cap_cents


@given(RULES, MONEY, MONEY)
def test_more_sales_never_make_a_smaller_prize(rules: JackpotRules, sold: int, more: int) -> None:
    assert jackpot(rules, sales(sold)).amount_cents <= jackpot(rules, sales(sold + more)).amount_cents


@given(RULES, MONEY)
def test_rounding_moves_the_prize_by_less_than_a_unit(rules: JackpotRules, sold: int) -> None:
    exact_parts = rules.seed_cents * 10_000 + sold * rules.share_basis_points
    found = jackpot(
        replace(rules, minimum_cents=0, cap_cents=None, basis=Basis.GROSS), sales(sold)
    ).amount_cents
    assert abs(found * 10_000 - exact_parts) < 10_000 * rules.rounding_unit
    assert found % rules.rounding_unit == 0


def test_without_further_rules_it_is_the_share_in_whole_cents() -> None:
    assert jackpot(JackpotRules(5_000, basis=Basis.NET), sales(2_003)) == Jackpot(2_003, 1_001, 1_001)
    assert jackpot(JackpotRules(5_000), Subtotal()) == Jackpot(0, 0, 0)


def test_voids_are_taken_out_before_the_share() -> None:
    half = JackpotRules(5_000)
    assert jackpot(half, Subtotal(10, 2_000, 4, 800)) == Jackpot(1_200, 600, 600)


def test_says_what_the_prize_would_be_without_its_cap() -> None:
    assert jackpot(JackpotRules(5_000, cap_cents=900), sales(2_000)) == Jackpot(2_000, 1_000, 900)


@pytest.mark.parametrize(("basis", "rounding"), [("gross", Rounding.UP), (Basis.NET, "up"), (None, None)])
def test_refuses_words_for_rules(basis: Basis, rounding: Rounding) -> None:
    with pytest.raises(JackpotRulesError):
        JackpotRules(5_000, basis=basis, rounding=rounding)


@given(amount=MONEY, winners=st.integers(1, 200))
def test_parts_add_up_and_differ_by_one_cent_at_most(amount: int, winners: int) -> None:
    parts = divide(amount, winners)
    assert sum(parts) == amount
    assert len(parts) == winners
    assert list(parts) == sorted(parts, reverse=True)
    assert parts[0] - parts[-1] <= 1
