"""Purchase limits: which purchases count together."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riff.domain.raffles.purchase_limit import LimitWindow, Purchase, PurchaseLimit
from riff.errors import PurchaseLimitReachedError

# A Friday.
AT = datetime(2026, 5, 1, 3, 30, tzinfo=UTC)
_MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone
_MICROSECOND = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("window", "offset", "since"),
    [
        (LimitWindow.DAY, 0, datetime(2026, 5, 1, tzinfo=UTC)),
        (LimitWindow.DAY, -300, datetime(2026, 4, 30, 5, tzinfo=UTC)),
        (LimitWindow.DAY, 540, datetime(2026, 4, 30, 15, tzinfo=UTC)),
        (LimitWindow.WEEK, 0, datetime(2026, 4, 27, tzinfo=UTC)),
        (LimitWindow.MONTH, 0, datetime(2026, 5, 1, tzinfo=UTC)),
        (LimitWindow.MONTH, -300, datetime(2026, 4, 1, 5, tzinfo=UTC)),
    ],
)
def test_calendar_windows_begin_where_the_calendar_says(
    window: LimitWindow, offset: int, since: datetime
) -> None:
    assert since == PurchaseLimit(window=window, numbers=1, utc_offset_minutes=offset).since(AT)


@pytest.mark.parametrize("window", LimitWindow)
def test_counts_from_the_first_instant_of_the_window_on(window: LimitWindow) -> None:
    hours = 24 if window is LimitWindow.ROLLING else None
    limit = PurchaseLimit(window=window, hours=hours, numbers=10)
    since, wanted = limit.since(AT), Purchase(AT, 5, 100)
    if since is None:
        since = datetime(1970, 1, 2, tzinfo=UTC)
    else:
        limit.require([Purchase(since - _MICROSECOND, 6, 100)], wanted)
    with pytest.raises(PurchaseLimitReachedError):
        limit.require([Purchase(since, 6, 100)], wanted)
    limit.require([Purchase(since, 5, 100)], wanted)


@given(st.lists(st.tuples(_MOMENTS, st.integers(1, 50), st.integers(1, 500)), max_size=8), _MOMENTS)
def test_is_what_adding_up_says(made: list[tuple[datetime, int, int]], at: datetime) -> None:
    limit = PurchaseLimit(window=LimitWindow.WEEK, numbers=60, amount_minor=700, utc_offset_minutes=90)
    purchases = [Purchase(*entry) for entry in made]
    wanted = Purchase(at, 7, 70)
    week = [purchase for purchase in purchases if _week(purchase.at) == _week(at) and purchase.at <= at]
    fits = sum(p.numbers for p in week) <= 53 and sum(p.price_minor for p in week) <= 630
    if fits:
        limit.require(purchases, wanted)
    else:
        with pytest.raises(PurchaseLimitReachedError):
            limit.require(purchases, wanted)


def _week(at: datetime) -> tuple[int, int]:
    year, week, _ = (at + timedelta(minutes=90)).isocalendar()
    return year, week
