"""Instants are exact."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riff_critical.selling import NaiveTimeError, instant

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def test_counts_microseconds_since_the_epoch() -> None:
    assert instant(EPOCH) == 0
    assert instant(datetime(2026, 3, 1, 12, 0, 0, 123_457, tzinfo=UTC)) == 1_772_366_400_123_457


def test_the_zone_does_not_matter() -> None:
    noon = datetime(2026, 3, 1, 12, tzinfo=UTC)
    assert instant(noon) == instant(noon.astimezone(timezone(timedelta(hours=-5))))


def test_refuses_a_time_without_a_zone() -> None:
    with pytest.raises(NaiveTimeError, match="2026-03-01T12:00:00"):
        instant(datetime(2026, 3, 1, 12))  # noqa: DTZ001  # the naive time is the test


@given(st.datetimes(timezones=st.just(UTC)))
def test_loses_no_microsecond(moment: datetime) -> None:
    assert moment == EPOCH + timedelta(microseconds=instant(moment))
