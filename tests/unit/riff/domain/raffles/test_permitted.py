"""What a rule profile lets be activated, and how much it lets be sold."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from riff.adapters.system.profiles import CataloguedProfiles
from riff.domain.raffles.permitted import require_permitted, sales_cap
from riff.domain.raffles.prize import Prize, PrizeKind
from riff.domain.raffles.profile import AtCap, PrizeRules, RuleProfile, SalesRules
from riff.domain.raffles.purchase_limit import LimitWindow, PurchaseLimit
from riff.domain.raffles.raffle import NumberingKind
from riff.domain.raffles.setup import RaffleSetup
from riff.errors import ProfileRefusesError
from riff_critical.selling import Channel, Rounding, Subtotal
from tests.support.builders import RaffleBuilder, a_package, a_prize, a_raffle
from tests.support.fakes import PERMISSIVE

ENDING = attrs.evolve(PERMISSIVE, prizes=PrizeRules(cap_minor=100_000, at_cap=AtCap.END_SALES))
HOLDING = attrs.evolve(PERMISSIVE, prizes=PrizeRules(cap_minor=100_000))
SHOP = frozenset({Channel.SALES_UNIT})


def setup(builder: RaffleBuilder) -> RaffleSetup:
    return RaffleSetup(builder.build(), builder.packages, builder.prizes)


def fixed(amount_minor: int) -> Prize:
    return attrs.evolve(a_prize(), share_bp=0, kind=PrizeKind.FIXED, amount_minor=amount_minor)


@pytest.mark.parametrize(
    ("builder", "profile", "rule"),
    [
        (a_raffle(), attrs.evolve(PERMISSIVE, channels=SHOP), "channels"),
        (
            a_raffle().randomly_numbered(),
            attrs.evolve(PERMISSIVE, sales=SalesRules(numbering=frozenset({NumberingKind.SEQUENTIAL}))),
            "sales.numbering",
        ),
        (
            a_raffle().capped(1001),
            attrs.evolve(PERMISSIVE, sales=SalesRules(cap_minor=1000)),
            "sales.cap_minor",
        ),
        (a_raffle(), attrs.evolve(PERMISSIVE, sales=SalesRules(cap_minor=1999)), "sales.cap_minor"),
        (a_raffle().with_prizes(fixed(100_001)), HOLDING, "prizes.cap_minor"),
        (a_raffle().with_prizes(fixed(100_001)), ENDING, "prizes.cap_minor"),
        (a_raffle(), HOLDING, "prizes.cap_minor"),
        (a_raffle().with_prizes(a_prize(cap_minor=100_001)), HOLDING, "prizes.cap_minor"),
        (a_raffle().with_prizes(a_prize(cap_minor=100_001)), ENDING, "prizes.cap_minor"),
        (a_raffle().with_prizes(a_prize(seed_minor=100_001)), ENDING, "prizes.cap_minor"),
        (a_raffle().with_prizes(a_prize(guaranteed_minor=100_001)), ENDING, "prizes.cap_minor"),
        (a_raffle().with_prizes(a_prize(seed_minor=100_000)), ENDING, "sales.cap_minor"),
        (
            a_raffle(),
            attrs.evolve(PERMISSIVE, purchase_limits=(PurchaseLimit(window=LimitWindow.DAY, numbers=9),)),
            "purchase_limits",
        ),
        (
            a_raffle(),
            attrs.evolve(
                PERMISSIVE, purchase_limits=(PurchaseLimit(window=LimitWindow.DAY, amount_minor=1999),)
            ),
            "purchase_limits",
        ),
    ],
)
def test_refuses_what_breaks_a_rule(builder: RaffleBuilder, profile: RuleProfile, rule: str) -> None:
    with pytest.raises(ProfileRefusesError) as caught:
        require_permitted(setup(builder), profile)
    assert caught.value.facts["rule"] == rule


@pytest.mark.parametrize(
    ("builder", "profile"),
    [
        (a_raffle(), PERMISSIVE),
        (a_raffle().with_prizes(fixed(100_000), a_prize(rank=2, cap_minor=100_000)), HOLDING),
        (a_raffle(), ENDING),
        (a_raffle().capped(1_000_000), attrs.evolve(PERMISSIVE, sales=SalesRules(cap_minor=1_000_000))),
        (
            a_raffle().with_packages(a_package(100, channels=SHOP)),
            attrs.evolve(PERMISSIVE, purchase_limits=(PurchaseLimit(window=LimitWindow.DAY, numbers=9),)),
        ),
    ],
)
def test_permits_what_keeps_every_rule(builder: RaffleBuilder, profile: RuleProfile) -> None:
    require_permitted(setup(builder), profile)


def test_washington_like_sells_nothing_online() -> None:
    with pytest.raises(ProfileRefusesError) as caught:
        require_permitted(setup(a_raffle()), CataloguedProfiles().get("washington-like"))
    assert caught.value.facts["rule"] == "channels"


def test_north_dakota_like_lets_no_generator_number_what_is_sold() -> None:
    with pytest.raises(ProfileRefusesError) as caught:
        require_permitted(
            setup(a_raffle().randomly_numbered()), CataloguedProfiles().get("north-dakota-like")
        )
    assert caught.value.facts["rule"] == "sales.numbering"


@pytest.mark.parametrize(
    ("builder", "profile", "cap"),
    [
        (a_raffle(), PERMISSIVE, None),
        (a_raffle().capped(7000), PERMISSIVE, 7000),
        (a_raffle(), attrs.evolve(PERMISSIVE, sales=SalesRules(cap_minor=9000)), 9000),
        (a_raffle().capped(7000), attrs.evolve(PERMISSIVE, sales=SalesRules(cap_minor=9000)), 7000),
        (a_raffle().with_prizes(a_prize(cap_minor=10_000)), HOLDING, None),
        (a_raffle().with_prizes(a_prize(share_bp=5000)), ENDING, 200_001),
        (a_raffle().with_prizes(a_prize(share_bp=5000, rounding=Rounding.UP)), ENDING, 200_000),
        (a_raffle().with_prizes(a_prize(), a_prize(rank=2, share_bp=2500, cap_minor=10_000)), ENDING, 40_003),
        (a_raffle().with_prizes(fixed(5_000)), ENDING, None),
    ],
)
def test_the_tightest_cap_holds(builder: RaffleBuilder, profile: RuleProfile, cap: int | None) -> None:
    assert sales_cap(setup(builder), profile) == cap


@given(
    st.integers(1, 10_000),
    st.integers(0, 50_000),
    st.sampled_from([1, 7, 100, 99_999]),
    st.sampled_from(Rounding),
    st.integers(0, 10**7),
)
def test_a_prize_keeps_to_its_cap_up_to_that_amount_and_not_beyond(
    share_bp: int, seed_minor: int, rounding_minor: int, rounding: Rounding, more: int
) -> None:
    """Reckoned anew by the core for the last amount that fits, and for the first that does not."""
    cap = seed_minor + more
    prize = a_prize(
        share_bp=share_bp, seed_minor=seed_minor, rounding_minor=rounding_minor, rounding=rounding
    )
    most = prize.most_sales(cap)
    assert prize.amount(Subtotal(sold_slots=1, sold_cents=most + 1)) > cap
    if prize.amount(Subtotal()) <= cap:
        assert prize.amount(Subtotal(sold_slots=1, sold_cents=most)) <= cap
