"""The operating system's clock."""

from datetime import UTC, datetime, timedelta

from riff.adapters.system.clock import SystemClock


def test_tells_the_present_in_utc() -> None:
    now = SystemClock().now()
    assert now.utcoffset() == timedelta(0)
    assert abs(datetime.now(UTC) - now) < timedelta(minutes=1)
