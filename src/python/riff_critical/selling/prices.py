"""The price of a package in force at the instant of a sale.

Method.  A package holds `count` numbers, is sold through some channels in a window of its own, and has a
price history: changes in strictly ascending order of their instants, each in force from its own instant
until the next change's, the last one without end.  The price at t is that of the last change at or before
t.  Since the instants of a history are distinct, there is exactly one price or none; where there is none,
or the window or the channel does not fit, the package is not on sale.

Changing a price adds a change; nothing is overwritten.  Whether prices may change during sales is the rule
profile's.  Requirement: GLI-31 2.3.1 f (price on the ticket).
"""

from enum import Enum

from riff_critical.errors import InvalidInputError, RefusedError
from riff_critical.selling.integers import MAX_SLOTS, require_integer
from riff_critical.selling.window import SalesWindow
from riff_critical.values import Value


class Channel(Enum):
    """Ways of selling; each has its own part of the number space."""

    SALES_UNIT = "sales_unit"
    ONLINE = "online"
    RESERVE = "reserve"


class NotAChannelError(InvalidInputError):
    """A channel is not one of the known ones."""

    code = "not-a-channel"


class PriceHistoryError(InvalidInputError):
    """A price history is empty, or its instants are not strictly ascending."""

    code = "price-history"


class PackageNotOnSaleError(RefusedError):
    """The package has no price at this instant, or is not sold through this channel then."""

    code = "package-not-on-sale"


class PriceChange(Value):
    """From this instant on, the package costs `cents`."""

    in_force_from: int
    cents: int

    def __post_init__(self) -> None:
        require_integer("in_force_from", self.in_force_from)
        require_integer("cents", self.cents, 1)


class Package(Value):
    """So many numbers, sold together at one price."""

    count: int
    prices: tuple[PriceChange, ...]
    channels: frozenset[Channel]
    window: SalesWindow

    def __post_init__(self) -> None:
        require_integer("count", self.count, 1, MAX_SLOTS)
        if not all(isinstance(channel, Channel) for channel in self.channels):
            raise NotAChannelError(f"{set(self.channels)!r} holds what is no channel")
        starts = [change.in_force_from for change in self.prices]
        if not starts or starts != sorted(set(starts)):
            raise PriceHistoryError(f"not strictly ascending instants: {starts}")


def price_in_force(package: Package, channel: Channel, at: int) -> int:
    """The price, in cents, at which the package is sold through the channel at this instant.

    Raises:
        PackageNotOnSaleError: it is not sold then and there.
    """
    if not isinstance(channel, Channel):
        raise NotAChannelError(f"{channel!r} is no channel")
    if channel not in package.channels:
        raise PackageNotOnSaleError(f"not sold through {channel.value!r}")
    if not package.window.holds(at):
        raise PackageNotOnSaleError(f"{package.window} does not hold {at}")
    in_force = [change.cents for change in package.prices if change.in_force_from <= at]
    if not in_force:
        raise PackageNotOnSaleError(f"its first price is in force only after {at}")
    return in_force[-1]
