from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riff.domain.instants import format_instant, parse_instant


@given(st.datetimes(timezones=st.just(UTC)))
def test_what_is_written_reads_back(instant: datetime) -> None:
    if instant.year >= 1000:
        assert instant == parse_instant(format_instant(instant))


def test_an_offset_is_read_as_utc() -> None:
    parsed = parse_instant("2026-05-01T14:00:00+02:00")
    assert (datetime(2026, 5, 1, 12, tzinfo=UTC), timedelta(0)) == (parsed, parsed.utcoffset())


def test_another_zone_is_written_in_utc() -> None:
    zone = timezone(timedelta(hours=-4))
    assert format_instant(datetime(2026, 5, 1, 8, tzinfo=zone)) == "2026-05-01T12:00:00.000000Z"


@pytest.mark.parametrize("text", ["2026-05-01T14:00:00", "2026-05-01", "noon", "", "2026-13-01T00:00:00Z"])
def test_refuses_what_is_not_an_instant(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_instant(text)
