"""Prizes: fixed amounts, or shares of the sales."""

from bisect import bisect_left
from enum import StrEnum

import attrs
from attrs.validators import ge, le, max_len, min_len, optional

from riff.domain.identifiers import PrizeId
from riff.domain.money import MOST_MINOR
from riff_critical.selling import Basis, JackpotRules, Rounding, Subtotal, jackpot

_amount = [ge(0), le(MOST_MINOR)]


class PrizeKind(StrEnum):
    """How a prize's amount comes about."""

    FIXED = "fixed"
    SHARE = "share"


class DrawKind(StrEnum):
    """The draw that a prize belongs to."""

    EARLY_BIRD = "early_bird"
    GRAND = "grand"


@attrs.frozen
class Prize:
    """One prize.

    Attributes:
        id: permanent name.
        rank: 1 for the first prize; unique within its draw.
        name: as the public knows it.
        draw: the draw it is won in.
        kind: fixed amount or share of sales.
        amount_minor: the fixed amount; 0 for a share.
        share_bp: share of sales in basis points; 0 for a fixed amount.
        seed_minor: what the organization adds before the first sale.
        guaranteed_minor: the least that is paid, or 0.
        cap_minor: the most that is paid, or None.
        basis: what a share is a share of.
        rounding_minor: a share is rounded to a multiple of this.
        rounding: which multiple.
        winners: how many win it.
    """

    id: PrizeId
    rank: int = attrs.field(validator=[ge(1), le(1_000)])
    name: str = attrs.field(validator=[min_len(1), max_len(120)])
    draw: DrawKind
    kind: PrizeKind
    amount_minor: int = attrs.field(default=0, validator=_amount)
    share_bp: int = attrs.field(default=0, validator=[ge(0), le(10_000)])
    seed_minor: int = attrs.field(default=0, validator=_amount)
    guaranteed_minor: int = attrs.field(default=0, validator=_amount)
    cap_minor: int | None = attrs.field(default=None, validator=optional([ge(1), le(MOST_MINOR)]))
    basis: Basis = Basis.GROSS
    rounding_minor: int = attrs.field(default=1, validator=[ge(1), le(100_000)])
    rounding: Rounding = Rounding.DOWN
    winners: int = attrs.field(default=1, validator=[ge(1), le(1_000)])

    def __attrs_post_init__(self) -> None:
        if (self.kind is PrizeKind.FIXED) != (self.amount_minor > 0):
            raise ValueError("a fixed prize has an amount, and only a fixed prize has one")
        if (self.kind is PrizeKind.SHARE) != (self.share_bp > 0):
            raise ValueError("a share has basis points, and only a share has them")
        if self.cap_minor is not None and self.cap_minor < max(self.seed_minor, self.guaranteed_minor):
            raise ValueError("the cap must not be below the seed or the guaranteed amount")

    def amount(self, sales: Subtotal) -> int:
        """What the prize comes to, by the core's rule: an estimate until the raffle is sealed.

        Args:
            sales: the raffle's sales so far.

        Returns:
            Smallest units of the raffle's currency, for all winners of this prize together.
        """
        if self.kind is PrizeKind.FIXED:
            return self.amount_minor
        return jackpot(self._rules(self.cap_minor), sales).amount_cents

    def most_sales(self, cap_minor: int) -> int:
        """The most money of valid orders with which the prize, reckoned without its own cap, keeps to a cap.

        A prize never shrinks as sales grow, so that up to this amount the core's rule holds for every sale,
        and above it for none.  Fees would only lower the prize.

        Args:
            cap_minor: not below the seed and the guaranteed amount.
        """
        if self.kind is PrizeKind.FIXED:
            return MOST_MINOR
        rules = self._rules(None)

        def fits(sold: int) -> bool:
            return jackpot(rules, Subtotal(sold_cents=sold)).uncapped_cents <= cap_minor

        return bisect_left(range(1, MOST_MINOR + 1), x=True, key=lambda sold: not fits(sold))

    def _rules(self, cap_minor: int | None) -> JackpotRules:
        return JackpotRules(
            share_basis_points=self.share_bp,
            basis=self.basis,
            seed_cents=self.seed_minor,
            minimum_cents=self.guaranteed_minor,
            cap_cents=cap_minor,
            rounding_unit=self.rounding_minor,
            rounding=self.rounding,
        )
