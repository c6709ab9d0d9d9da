"""Instants are exact, and the two boundary instants of a sales window."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riff_critical.selling import NaiveTimeError, SalesClosedError, SalesNotOpenError, SalesWindow, instant

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def test_sells_from_the_instant_of_opening_to_the_last_microsecond() -> None:
    window = SalesWindow(1_000, 2_000)
    assert [window.holds(at) for at in (999, 1_000, 1_999, 2_000)] == [False, True, True, False]


def test_says_whether_it_is_too_early_or_too_late() -> None:
    window = SalesWindow(1_000, 2_000)
    with pytest.raises(SalesNotOpenError, match="sales open at 1000, it is 999"):
        window.require_open(999)
    with pytest.raises(SalesClosedError, match="sales closed at 2000, it is 2000"):
        window.require_open(2_000)


@given(st.integers(0, 50), st.integers(1, 50), st.integers(1, 50), st.integers(0, 200))
def test_adjoining_windows_share_no_instant(opens: int, first: int, second: int, at: int) -> None:
    earlier = SalesWindow(opens, opens + first)
    later = SalesWindow(opens + first, opens + first + second)
    whole = SalesWindow(opens, opens + first + second)
    assert [earlier.holds(at), later.holds(at)].count(True) == int(whole.holds(at))


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
