"""The time of day."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """The one clock that sales, events and reports share (GLI-31 5.3.1)."""

    def now(self) -> datetime:
        """The present instant, aware and in UTC.  A request reads it once."""
        ...
