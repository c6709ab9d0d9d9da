"""The jackpot: one prize as a share of sales, in whole cents.

Method, with every quantity an integer:

    valid    = sold_cents - voided_cents, summed over blocks
    base     = valid, or max(valid - fees, 0) where the share is net of fees
    exact    = seed + base * share / 10,000                  (a fraction; never stored)
    rounded  = exact, rounded to a multiple of the rounding unit: down, up, or to the nearest with halves up
    uncapped = max(rounded, guaranteed minimum)
    amount   = min(uncapped, cap)
    proceeds = base - amount

The minimum and the cap are amounts as published and are not rounded again; the cap has the last word.

Remainder rule: amount + proceeds = base, always.  What rounding or the cap takes from the prize belongs to
the organization; what rounding, the seed or the minimum adds to it is paid by the organization, so that
proceeds may be negative.  Where one prize has several winners it is divided equally, and the cents left
over go one each to the winners drawn first.

Until the raffle is sealed the amount is an estimate.  Requirements: GLI-31 2.2.1, 2.5.1.
"""

from enum import Enum

from riff_critical.declarations import Final
from riff_critical.errors import InvalidInputError
from riff_critical.selling.integers import MAX_SLOTS, require_integer
from riff_critical.selling.subtotals import Subtotal
from riff_critical.values import Value

BASIS_POINTS: Final = 10_000  # in the whole


class JackpotRulesError(InvalidInputError):
    """The rules of a jackpot contradict each other, or a word of them is unknown."""

    code = "jackpot-rules"


class Basis(Enum):
    """What the share is a share of."""

    GROSS = "gross"
    NET = "net"


class Rounding(Enum):
    """Which multiple of the rounding unit is taken."""

    DOWN = "down"
    UP = "up"
    NEAREST = "nearest"


class JackpotRules(Value):
    """How a prize follows from sales; fixed at activation."""

    share_basis_points: int
    basis: Basis = Basis.GROSS
    seed_cents: int = 0
    minimum_cents: int = 0
    cap_cents: int | None = None
    rounding_unit: int = 1
    rounding: Rounding = Rounding.DOWN

    def __post_init__(self) -> None:
        require_integer("share_basis_points", self.share_basis_points, 0, BASIS_POINTS)
        require_integer("seed_cents", self.seed_cents)
        require_integer("minimum_cents", self.minimum_cents)
        require_integer("rounding_unit", self.rounding_unit, 1)
        if (type(self.basis), type(self.rounding)) != (Basis, Rounding):
            raise JackpotRulesError(f"unknown word: {self.basis!r} or {self.rounding!r}")
        if self.cap_cents is not None:
            require_integer("cap_cents", self.cap_cents)
            if self.cap_cents < max(self.seed_cents, self.minimum_cents):
                raise JackpotRulesError("the cap is below the seed or the guaranteed minimum")


class Jackpot(Value):
    """The prize, what it was reckoned from, and what is left of that."""

    base_cents: int
    uncapped_cents: int
    amount_cents: int

    def __post_init__(self) -> None:
        require_integer("base_cents", self.base_cents)
        require_integer("uncapped_cents", self.uncapped_cents)
        require_integer("amount_cents", self.amount_cents)

    @property
    def proceeds_cents(self) -> int:
        """What the organization keeps of the base; negative when it adds to the prize."""
        return self.base_cents - self.amount_cents


def jackpot(rules: JackpotRules, sales: Subtotal, fees_cents: int = 0) -> Jackpot:
    """The prize for these sales; `fees_cents` counts only where the rules say net."""
    require_integer("fees_cents", fees_cents)
    deducted = fees_cents if rules.basis is Basis.NET else 0
    base = max(sales.valid_cents - deducted, 0)
    parts = rules.seed_cents * BASIS_POINTS + base * rules.share_basis_points
    rounded = _round(parts, BASIS_POINTS * rules.rounding_unit, rules.rounding) * rules.rounding_unit
    uncapped = max(rounded, rules.minimum_cents)
    amount = uncapped if rules.cap_cents is None else min(uncapped, rules.cap_cents)
    return Jackpot(base_cents=base, uncapped_cents=uncapped, amount_cents=amount)


def divide(amount_cents: int, winners: int) -> tuple[int, ...]:
    """The parts of a prize in the order in which its winners were drawn; they add up to the prize."""
    require_integer("amount_cents", amount_cents)
    require_integer("winners", winners, 1, MAX_SLOTS)
    part, left_over = divmod(amount_cents, winners)
    return (part + 1,) * left_over + (part,) * (winners - left_over)


def _round(numerator: int, denominator: int, rounding: Rounding) -> int:
    if rounding is Rounding.DOWN:
        return numerator // denominator
    if rounding is Rounding.UP:
        return -(-numerator // denominator)
    return (2 * numerator + denominator) // (2 * denominator)
