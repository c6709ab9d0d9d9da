"""Packages: how many numbers for which price, where and when."""

from datetime import datetime

import attrs
from attrs.validators import ge, le, max_len, min_len, optional

from riff.domain.identifiers import PackageId
from riff.domain.instants import aware_utc
from riff.domain.raffles.window import SalesWindow
from riff.errors import PackageNotOnSaleError
from riff_critical import selling
from riff_critical.selling import Channel, instant

# One order is one contiguous run inside one block; a block of the online channel is rarely larger.
MOST_NUMBERS = 1_000
MOST_PRICE_MINOR = 10_000_000
MOST_STOCK = 10**9


@attrs.frozen
class EarlierPrice:
    """A price that was in force until it was changed.

    Attributes:
        price_minor: in the raffle's currency.
        until: from this instant on another price is in force.
        changed_by: label of whoever changed it.
    """

    price_minor: int = attrs.field(validator=[ge(1), le(MOST_PRICE_MINOR)])
    until: datetime = attrs.field(validator=aware_utc)
    changed_by: str


@attrs.frozen
class PriceChange:
    """A further price of a package.

    Attributes:
        price_minor: in the raffle's currency.
        in_force_from: from this instant on.
        changed_by: label of whoever changed it.
    """

    price_minor: int = attrs.field(validator=[ge(1), le(MOST_PRICE_MINOR)])
    in_force_from: datetime = attrs.field(validator=aware_utc)
    changed_by: str


@attrs.frozen
class Package:
    """An offer.

    Attributes:
        id: permanent name.
        label: as the buyer reads it.
        numbers: how many draw numbers it holds.
        price_minor: what it costs by the latest change, in the raffle's currency.
        channels: where it is sold.
        on_sale_from: first instant, or None for the whole window.
        on_sale_until: first instant at which it is no longer sold, or None.
        stock: how often it may be sold, or None; a void gives nothing back.
        earlier: the prices before the latest, first to last.
    """

    id: PackageId
    label: str = attrs.field(validator=[min_len(1), max_len(80)])
    numbers: int = attrs.field(validator=[ge(1), le(MOST_NUMBERS)])
    price_minor: int = attrs.field(validator=[ge(1), le(MOST_PRICE_MINOR)])
    channels: frozenset[Channel] = attrs.field(validator=min_len(1))
    on_sale_from: datetime | None = attrs.field(default=None, validator=optional(aware_utc))
    on_sale_until: datetime | None = attrs.field(default=None, validator=optional(aware_utc))
    stock: int | None = attrs.field(default=None, validator=optional([ge(1), le(MOST_STOCK)]))
    earlier: tuple[EarlierPrice, ...] = ()

    def __attrs_post_init__(self) -> None:
        instants = [price.until for price in self.earlier]
        if instants != sorted(set(instants)):
            raise ValueError("prices must change at ascending instants")
        if self.on_sale_from and self.on_sale_until and self.on_sale_until <= self.on_sale_from:
            raise ValueError("on_sale_until must be later than on_sale_from")

    def price_at(self, channel: Channel, at: datetime, window: SalesWindow) -> int:
        """The price at which this channel sells the package at an instant, by the core's rule.

        Raises:
            PackageNotOnSaleError: it is not sold there and then.
        """
        try:
            return selling.price_in_force(self.offer(window), channel, instant(at))
        except selling.PackageNotOnSaleError as error:
            raise PackageNotOnSaleError("The package is not on sale here and now.") from error

    def changed(self, change: PriceChange) -> "Package":
        """The package once its price has changed, later than ever before.

        Raises:
            ValueError: an earlier change comes into force only then, or later.
        """
        ended = EarlierPrice(self.price_minor, change.in_force_from, change.changed_by)
        return attrs.evolve(self, price_minor=change.price_minor, earlier=(*self.earlier, ended))

    def offer(self, window: SalesWindow) -> selling.Package:
        """The package as the core prices it: on sale in its own window, or in the raffle's.

        Raises:
            EmptyWindowError: it would come on sale only after it has left it again.
        """
        starts = instant(self.on_sale_from or window.opens_at)
        return selling.Package(
            count=self.numbers,
            prices=self._prices(starts),
            channels=self.channels,
            window=selling.SalesWindow(starts, instant(self.on_sale_until or window.closes_at)),
        )

    def _prices(self, starts: int) -> tuple[selling.PriceChange, ...]:
        """Every price in force after the package came on sale, the first of them from then on."""
        amounts = [price.price_minor for price in self.earlier] + [self.price_minor]
        since = [starts] + [max(starts, instant(price.until)) for price in self.earlier]
        # Of several that were set before the package came on sale, only the last was ever in force.
        in_force = dict(zip(since, amounts, strict=True))
        return tuple(selling.PriceChange(in_force_from=at, cents=amount) for at, amount in in_force.items())
