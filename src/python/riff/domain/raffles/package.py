"""Packages: how many numbers for which price, where and when."""

from datetime import datetime

import attrs
from attrs.validators import ge, le, max_len, min_len, optional

from riff.domain.identifiers import PackageId
from riff.domain.instants import aware_utc
from riff.domain.sales.channel import Channel

# One order is one contiguous run inside one block; a block of the online channel is rarely larger.
MOST_NUMBERS = 1_000
MOST_PRICE_MINOR = 10_000_000


@attrs.frozen
class Package:
    """An offer.

    Attributes:
        id: permanent name.
        label: as the buyer reads it.
        numbers: how many draw numbers it holds.
        price_minor: what it costs, in the raffle's currency.
        channels: where it is sold.
        on_sale_from: first instant, or None for the whole window.
        on_sale_until: first instant at which it is no longer sold, or None.
        stock: how many may be sold, or None.
    """

    id: PackageId
    label: str = attrs.field(validator=[min_len(1), max_len(80)])
    numbers: int = attrs.field(validator=[ge(1), le(MOST_NUMBERS)])
    price_minor: int = attrs.field(validator=[ge(1), le(MOST_PRICE_MINOR)])
    channels: frozenset[Channel] = attrs.field(validator=min_len(1))
    on_sale_from: datetime | None = attrs.field(default=None, validator=optional(aware_utc))
    on_sale_until: datetime | None = attrs.field(default=None, validator=optional(aware_utc))
    stock: int | None = attrs.field(default=None, validator=optional([ge(1), le(1_000_000_000)]))

    def on_sale(self, channel: Channel, at: datetime) -> bool:
        """Whether this channel may sell the package at this instant: from inclusive, until exclusive."""
        started = self.on_sale_from is None or self.on_sale_from <= at
        ended = self.on_sale_until is not None and self.on_sale_until <= at
        return channel in self.channels and started and not ended
