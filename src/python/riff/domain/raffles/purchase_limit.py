"""Purchase limits: what one buyer may buy of a raffle within a window."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

import attrs
from attrs.validators import ge, le, optional

from riff.domain.instants import aware_utc
from riff.domain.money import MOST_MINOR
from riff.errors import PurchaseLimitReachedError
from riff_critical import selling
from riff_critical.selling import instant

MOST_NUMBERS = 10**9
MOST_HOURS = 24 * 366
# The offsets that are in use on Earth.
LEAST_OFFSET_MINUTES = -12 * 60
MOST_OFFSET_MINUTES = 14 * 60
_MICROSECOND = timedelta(microseconds=1)


class LimitWindow(StrEnum):
    """Which purchases count together."""

    RAFFLE = "raffle"
    ROLLING = "rolling"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@attrs.frozen
class Purchase:
    """One order of a buyer, made or wanted: its instant, its draw numbers, its price."""

    at: datetime = attrs.field(validator=aware_utc)
    numbers: int
    price_minor: int


@attrs.frozen(kw_only=True)
class PurchaseLimit:
    """How many numbers, and how much money, one buyer may spend on a raffle within a window.

    Attributes:
        window: the whole raffle, the last `hours`, or the calendar's day, week (from Monday) or month.
        hours: length of a rolling window; None for the others.
        numbers: the most draw numbers, or None.
        amount_minor: the most money, or None.
        utc_offset_minutes: where the calendar's day begins, all year round; east of Greenwich is positive.
    """

    window: LimitWindow
    hours: int | None = attrs.field(default=None, validator=optional([ge(1), le(MOST_HOURS)]))
    numbers: int | None = attrs.field(default=None, validator=optional([ge(1), le(MOST_NUMBERS)]))
    amount_minor: int | None = attrs.field(default=None, validator=optional([ge(1), le(MOST_MINOR)]))
    utc_offset_minutes: int = attrs.field(
        default=0, validator=[ge(LEAST_OFFSET_MINUTES), le(MOST_OFFSET_MINUTES)]
    )

    def __attrs_post_init__(self) -> None:
        if self.numbers is None and self.amount_minor is None:
            raise ValueError("a purchase limit limits numbers, amount_minor, or both")
        if (self.window is LimitWindow.ROLLING) != (self.hours is not None):
            raise ValueError("a rolling window has hours, and only a rolling window has them")

    def since(self, at: datetime) -> datetime | None:
        """The first instant whose purchases count together with one at `at`; None for all of the raffle."""
        if self.window is LimitWindow.RAFFLE:
            return None
        if self.hours is not None:
            return at - timedelta(hours=self.hours) + _MICROSECOND
        offset = timedelta(minutes=self.utc_offset_minutes)
        day = (at + offset).replace(hour=0, minute=0, second=0, microsecond=0)
        if self.window is LimitWindow.WEEK:
            day -= timedelta(days=day.weekday())
        elif self.window is LimitWindow.MONTH:
            day = day.replace(day=1)
        return day - offset

    def require(self, made: Iterable[Purchase], wanted: Purchase) -> None:
        """Refuse to bring a buyer with the valid purchases `made` over this limit, by the core's rule.

        Raises:
            PurchaseLimitReachedError: the numbers or the money would exceed it.
        """
        since = self.since(wanted.at)
        period = None if since is None else instant(wanted.at) - instant(since) + 1
        limit = selling.PurchaseLimit(self.numbers, self.amount_minor, period)
        try:
            selling.require_purchase_limit(limit, map(_certified, made), _certified(wanted))
        except selling.PurchaseLimitReachedError as error:
            raise PurchaseLimitReachedError(
                "This purchase would exceed what one buyer may buy.", **self._facts()
            ) from error

    def _facts(self) -> dict[str, str | int]:
        facts: dict[str, str | int | None] = {
            "window": self.window.value,
            "hours": self.hours,
            "most_numbers": self.numbers,
            "most_amount": self.amount_minor,
        }
        return {name: fact for name, fact in facts.items() if fact is not None}


def _certified(purchase: Purchase) -> selling.Purchase:
    return selling.Purchase(instant(purchase.at), purchase.numbers, purchase.price_minor)
