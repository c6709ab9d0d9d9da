"""Time as a plain value: an instant is an integer, microseconds since 1970-01-01T00:00:00Z.

Integers compare exactly, have no time zone, and are as fine as the database's clock.
Periods are half-open everywhere in this package: [from, until) holds `from` and does not hold `until`, so two
adjoining periods share no instant and leave none out.
"""

from typing import TYPE_CHECKING

from riff_critical.errors import InvalidInputError

if TYPE_CHECKING:
    from datetime import datetime


class NaiveTimeError(InvalidInputError):
    """A time without a zone names no instant."""

    code = "naive-time"

    def __init__(self, moment: "datetime") -> None:
        super().__init__(f"{moment.isoformat()} has no time zone")


def instant(moment: "datetime") -> int:
    """The instant of an aware `datetime`, exactly.

    Raises:
        NaiveTimeError: `moment` has no time zone.
    """
    from datetime import UTC, datetime, timedelta  # noqa: PLC0415  # whoever has a moment has imported it

    if moment.utcoffset() is None:
        raise NaiveTimeError(moment)
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
