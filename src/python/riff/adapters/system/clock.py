"""The operating system's clock, which the platform keeps synchronised."""

from datetime import UTC, datetime


class SystemClock:
    """Honours `riff.ports.clock.Clock`."""

    def now(self) -> datetime:
        """The present instant, aware and in UTC."""
        return datetime.now(UTC)
