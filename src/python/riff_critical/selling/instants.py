"""Time as a plain value: an instant is an integer, microseconds since 1970-01-01T00:00:00Z.

Integers compare and subtract exactly, have no time zone to confuse, and are as fine as the database's clock.
Periods are half-open everywhere in this package: [from, until) holds `from` and does not hold `until`, so two
adjoining periods share no instant and leave none out.
"""

from datetime import UTC, datetime, timedelta
from typing import Final

from riff_critical.errors import InvalidInputError

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


class NaiveTimeError(InvalidInputError):
    """A time without a zone names no instant."""

    code = "naive-time"

    def __init__(self, moment: datetime) -> None:
        super().__init__(f"{moment.isoformat()} has no time zone")


def instant(moment: datetime) -> int:
    """The instant of an aware `datetime`, exactly.

    Raises:
        NaiveTimeError: `moment` has no time zone.
    """
    if moment.utcoffset() is None:
        raise NaiveTimeError(moment)
    return (moment - _EPOCH) // _MICROSECOND
