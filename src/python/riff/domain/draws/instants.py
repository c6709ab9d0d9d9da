"""Instants as the sealed draw counts them: whole milliseconds since 1970."""

from datetime import UTC, datetime, timedelta
from typing import Final

from riff_critical.selling import instant

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def milliseconds(at: datetime) -> int:
    """The last whole millisecond that is not after the instant."""
    return instant(at) // 1000


def from_milliseconds(count: int) -> datetime:
    """The instant at which a millisecond begins."""
    return _EPOCH + timedelta(milliseconds=count)
