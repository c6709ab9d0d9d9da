import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from riff.domain.raffles.prize import Prize, PrizeKind
from riff_critical.selling import Rounding, Subtotal
from tests.support.builders import a_prize


def sales(minor: int, voided: int = 0) -> Subtotal:
    return Subtotal(sold_slots=10, sold_cents=minor, voided_slots=1 if voided else 0, voided_cents=voided)


@given(sold=st.integers(0, 10**12), share_bp=st.integers(1, 10_000))
def test_a_share_is_never_more_than_its_part_of_the_sales(sold: int, share_bp: int) -> None:
    assert sold * share_bp // 10_000 == a_prize(share_bp).amount(sales(sold))


def test_voided_orders_do_not_count() -> None:
    assert a_prize(5_000).amount(sales(10_000, voided=4_000)) == 3_000


@pytest.mark.parametrize(
    ("rules", "amount"),
    [
        ({"guaranteed_minor": 9_000}, 9_000),
        ({"cap_minor": 2_000}, 2_000),
        ({"seed_minor": 1_000}, 4_000),
        ({"rounding_minor": 500}, 3_000),
        ({"rounding_minor": 2_000, "rounding": Rounding.UP}, 4_000),
    ],
    ids=str,
)
def test_follows_its_rules(rules: dict[str, object], amount: int) -> None:
    assert amount == a_prize(5_000, **rules).amount(sales(6_000))


def test_a_fixed_prize_does_not_follow_the_sales() -> None:
    prize = attrs.evolve(a_prize(), kind=PrizeKind.FIXED, share_bp=0, amount_minor=700)
    assert {700} == {prize.amount(sales(sold)) for sold in (0, 1_000, 10**9)}


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": PrizeKind.FIXED},
        {"kind": PrizeKind.FIXED, "share_bp": 0},
        {"amount_minor": 5},
        {"share_bp": 0},
        {"share_bp": 10_001},
        {"cap_minor": 5, "guaranteed_minor": 6},
        {"cap_minor": 5, "seed_minor": 6},
        {"rank": 0},
        {"winners": 0},
        {"name": ""},
        {"rounding_minor": 0},
    ],
    ids=str,
)
def test_refuses_what_is_no_prize(changes: dict[str, object]) -> None:
    prize: Prize = a_prize()
    with pytest.raises(ValueError, match=r"."):
        attrs.evolve(prize, **changes)  # type: ignore[arg-type] # one wrong combination each
