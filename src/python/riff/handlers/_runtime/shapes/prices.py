"""Prices of a package over time, as replies to staff show them."""

from datetime import datetime
from itertools import pairwise
from typing import Self
from uuid import UUID

import attrs

from riff.domain.money import Money
from riff.domain.raffles.package import Package
from riff.domain.raffles.raffle import Raffle
from riff.handlers._runtime.shapes.money import MoneyReply


@attrs.frozen
class PriceReply:
    """A price and the time in which it is in force.

    Attributes:
        price: the amount.
        in_force_from: since when; left out for the price that the package was set at.
        until: up to when, exclusive; left out for the latest.
        changed_by: who set it; left out for the first, which stands in the raffle's events.
    """

    price: MoneyReply
    in_force_from: datetime | None
    until: datetime | None
    changed_by: str | None


@attrs.frozen
class PriceHistoryReply:
    """Every price of a package, first to last."""

    package_id: UUID
    prices: tuple[PriceReply, ...]

    @classmethod
    def of(cls, package: Package, raffle: Raffle) -> Self:
        """The history, in the raffle's currency."""
        amounts = [price.price_minor for price in package.earlier] + [package.price_minor]
        changes = [
            (None, None),
            *((price.until, price.changed_by) for price in package.earlier),
            (None, None),
        ]
        return cls(
            package.id,
            tuple(
                PriceReply(MoneyReply.of(Money(amount, raffle.currency)), since, until, person)
                for amount, ((since, person), (until, _)) in zip(amounts, pairwise(changes), strict=True)
            ),
        )
