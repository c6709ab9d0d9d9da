"""Instants, and the sales window of a raffle or of a package (GLI-31 2.2.2, 2.6.2).

An instant is an integer, microseconds since 1970-01-01T00:00:00Z: it compares exactly, has no time zone, and
is as fine as the database's clock.  Periods are half-open everywhere in this package: [from, until) holds
`from` and does not hold `until`, so two adjoining periods share no instant and leave none out.

The instant of a sale is read once, when its numbers are issued: by the database's clock online, by the unit's
synchronised clock offline.  A sale dated inside the window may be uploaded at any time after it.
"""

from riff_critical.declarations import TYPE_CHECKING
from riff_critical.errors import InvalidInputError, RefusedError
from riff_critical.selling.integers import require_integer
from riff_critical.values import Value

if TYPE_CHECKING:
    from datetime import datetime


class NaiveTimeError(InvalidInputError):
    """A time without a zone names no instant."""

    code = "naive-time"

    def __init__(self, moment: "datetime") -> None:
        super().__init__(f"{moment.isoformat()} has no time zone")


class EmptyWindowError(InvalidInputError):
    """A window closes before, or as, it opens."""

    code = "empty-window"


class SalesNotOpenError(RefusedError):
    """The sales window has not opened yet."""

    code = "sales-not-open"


class SalesClosedError(RefusedError):
    """The sales window has closed."""

    code = "sales-closed"


class SalesWindow(Value):
    """The period [opens_at, closes_at)."""

    opens_at: int
    closes_at: int

    def __post_init__(self) -> None:
        require_integer("opens_at", self.opens_at)
        require_integer("closes_at", self.closes_at)
        if self.opens_at >= self.closes_at:
            raise EmptyWindowError(f"opens at {self.opens_at}, closes at {self.closes_at}")

    def holds(self, at: int) -> bool:
        """Whether a sale at this instant lies in the window."""
        require_integer("at", at)
        return self.opens_at <= at < self.closes_at

    def require_open(self, at: int) -> None:
        """Refuse a sale at an instant outside the window.

        Raises:
            SalesNotOpenError: it comes too early.
            SalesClosedError: it comes too late.
        """
        if self.holds(at):
            return
        if at < self.opens_at:
            raise SalesNotOpenError(f"sales open at {self.opens_at}, it is {at}")
        raise SalesClosedError(f"sales closed at {self.closes_at}, it is {at}")


def instant(moment: "datetime") -> int:
    """The instant of an aware `datetime`, exactly.

    Raises:
        NaiveTimeError: `moment` has no time zone.
    """
    from datetime import UTC, datetime, timedelta  # noqa: PLC0415  # whoever has a moment has imported it

    if moment.utcoffset() is None:
        raise NaiveTimeError(moment)
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
