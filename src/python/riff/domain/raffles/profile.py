"""Rule profile: what the jurisdiction allows, as data.

A raffle follows the profile as it was at its activation: the whole of it is kept with the raffle, and later
editions of the catalogue do not reach it.  docs/rule-profiles.md explains every key; a key's default is what
a raffle follows whose snapshot is older than the key.
"""

from enum import StrEnum

import attrs
from attrs.validators import deep_iterable, ge, le, matches_re, max_len, min_len, optional

from riff.domain.money import MOST_MINOR
from riff.domain.raffles.purchase_limit import PurchaseLimit
from riff.domain.raffles.raffle import NumberingKind
from riff_critical.selling import Channel

LEAST_RETENTION_YEARS = 3
MOST_RETENTION_YEARS = 100
MOST_ALTERNATES = 1_000
MOST_DAYS = 3_660
MOST_AGE = 99
# Ticket, page and receipt have to find room for them.
MOST_TEXT = 4_000


class DrawMode(StrEnum):
    """How the winners of a raffle are drawn."""

    MANUAL = "manual"
    RNG_ONLY = "rng_only"
    COMMIT_REVEAL = "commit_reveal"
    BEACON = "beacon"


class PriceChanges(StrEnum):
    """Whether prices may change once a raffle is active."""

    ALLOWED = "allowed"
    FROZEN = "frozen"


class AtCap(StrEnum):
    """What happens when a prize has grown to its cap."""

    HOLD = "hold"
    """Sales go on, and the prize stays at its cap."""
    END_SALES = "end_sales"
    """No sale is made that would bring the prize above its cap."""


class Unclaimed(StrEnum):
    """What happens to a prize that nobody claimed in time."""

    REDRAW = "redraw"
    TRUST = "trust"


@attrs.frozen(kw_only=True)
class PriceRules:
    """Prices during the sales.

    Attributes:
        changes: whether a price may change after activation.
    """

    changes: PriceChanges = PriceChanges.ALLOWED


@attrs.frozen(kw_only=True)
class SalesRules:
    """The sales as a whole.

    Attributes:
        extension: whether sales may be extended before they close.
        cap_minor: the most that a raffle's valid orders may come to, or None.
        numbering: kinds of numbering that are allowed.
    """

    extension: bool = False
    cap_minor: int | None = attrs.field(default=None, validator=optional([ge(1), le(MOST_MINOR)]))
    numbering: frozenset[NumberingKind] = attrs.field(default=frozenset(NumberingKind), validator=min_len(1))


@attrs.frozen(kw_only=True)
class PrizeRules:
    """The prizes.

    Attributes:
        cap_minor: the most that one prize may come to, or None.
        at_cap: what happens when a prize has grown to its cap.
        alternates: how many further numbers each draw gives, should a winner be void or ineligible.
        replacement: whether a number may win several prizes of one draw.
        returned: whether the winners of an early draw take part in later ones.
    """

    cap_minor: int | None = attrs.field(default=None, validator=optional([ge(1), le(MOST_MINOR)]))
    at_cap: AtCap = AtCap.HOLD
    alternates: int = attrs.field(default=0, validator=[ge(0), le(MOST_ALTERNATES)])
    replacement: bool = False
    returned: bool = True

    def __attrs_post_init__(self) -> None:
        if self.at_cap is AtCap.END_SALES and self.cap_minor is None:
            raise ValueError("at_cap end_sales needs cap_minor")


_REGION = matches_re(r"[A-Z]{2}(-[A-Z0-9]{1,3})?")


@attrs.frozen(kw_only=True)
class Gates:
    """What a buyer must be and where, before a purchase; evidence of it is kept.

    Attributes:
        minimum_age: in years, or None.
        buyer_regions: ISO 3166 codes of where the buyer must be, `CA` or `CA-ON`; none is anywhere.
    """

    minimum_age: int | None = attrs.field(default=None, validator=optional([ge(1), le(MOST_AGE)]))
    buyer_regions: frozenset[str] = attrs.field(default=frozenset(), validator=deep_iterable(_REGION))


@attrs.frozen(kw_only=True)
class ClaimRules:
    """Prizes after the draw.

    Attributes:
        expiry_days: days from the official result until a prize counts as unclaimed, or None for no end.
        unclaimed: what happens then.
    """

    expiry_days: int | None = attrs.field(default=None, validator=optional([ge(1), le(MOST_DAYS)]))
    unclaimed: Unclaimed = Unclaimed.TRUST

    def __attrs_post_init__(self) -> None:
        if self.unclaimed is Unclaimed.REDRAW and self.expiry_days is None:
            raise ValueError("unclaimed redraw needs expiry_days")


@attrs.frozen(kw_only=True)
class Texts:
    """What must be printed and shown, in the words of the jurisdiction; empty is nothing.

    Attributes:
        rules: shown with the raffle, and before a purchase.
        ticket: printed on every ticket.
        helpline: for people who gamble too much; on tickets and pages.
    """

    rules: str = attrs.field(default="", validator=max_len(MOST_TEXT))
    ticket: str = attrs.field(default="", validator=max_len(MOST_TEXT))
    helpline: str = attrs.field(default="", validator=max_len(MOST_TEXT))


@attrs.frozen
class RuleProfile:
    """The rules that a raffle follows from its activation on.

    Attributes:
        name: permanent name, that of its file in the catalogue.
        title: as people read it.
        channels: ways of selling that are allowed.
        draw_modes: how winners are drawn: the planned mode, then what follows when it cannot be had.
        two_person_reconciliation: whether two persons confirm a reconciliation.
        two_person_draws: whether two persons start a draw and confirm its result.
        retention_years: how long records are kept after the raffle is over.
        prices: prices during the sales.
        sales: the sales as a whole.
        prizes: the prizes.
        purchase_limits: what one buyer may buy of a raffle online; all of them hold.
        gates: what a buyer must be and where.
        claims: prizes after the draw.
        texts: what must be printed and shown.
    """

    name: str = attrs.field(validator=matches_re(r"[a-z][a-z0-9-]{0,59}"))
    title: str = attrs.field(validator=[min_len(1), max_len(120)])
    channels: frozenset[Channel] = attrs.field(validator=min_len(1))
    draw_modes: tuple[DrawMode, ...] = attrs.field(validator=min_len(1))
    two_person_reconciliation: bool = attrs.field(default=False, kw_only=True)
    two_person_draws: bool = attrs.field(default=False, kw_only=True)
    retention_years: int = attrs.field(
        default=LEAST_RETENTION_YEARS,
        validator=[ge(LEAST_RETENTION_YEARS), le(MOST_RETENTION_YEARS)],
        kw_only=True,
    )
    prices: PriceRules = attrs.field(factory=PriceRules, kw_only=True)
    sales: SalesRules = attrs.field(factory=SalesRules, kw_only=True)
    prizes: PrizeRules = attrs.field(factory=PrizeRules, kw_only=True)
    purchase_limits: tuple[PurchaseLimit, ...] = attrs.field(default=(), kw_only=True)
    gates: Gates = attrs.field(factory=Gates, kw_only=True)
    claims: ClaimRules = attrs.field(factory=ClaimRules, kw_only=True)
    texts: Texts = attrs.field(factory=Texts, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if len(set(self.draw_modes)) != len(self.draw_modes):
            raise ValueError("draw_modes names a mode twice")
        if DrawMode.MANUAL in self.draw_modes[:-1]:
            raise ValueError("draw_modes: nothing follows manual, which can always be had")
        if self.needs_buyers and Channel.ONLINE not in self.channels:
            raise ValueError("purchase_limits and gates.buyer_regions need the channel online")
        windows = [(limit.window, limit.hours) for limit in self.purchase_limits]
        if len(set(windows)) != len(windows):
            raise ValueError("purchase_limits: two of them concern the same window")

    @property
    def draw_mode(self) -> DrawMode:
        """How winners are drawn, unless it cannot be had."""
        return self.draw_modes[0]

    @property
    def needs_buyers(self) -> bool:
        """Whether a rule asks who buys, or where."""
        return bool(self.purchase_limits or self.gates.buyer_regions)
