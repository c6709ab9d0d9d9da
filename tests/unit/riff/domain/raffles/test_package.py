from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riff.domain.raffles.package import MOST_NUMBERS, PriceChange
from riff.domain.raffles.window import SalesWindow
from riff.errors import PackageNotOnSaleError
from riff_critical.selling import Channel
from tests.support.builders import a_package
from tests.support.fakes import NOON

HOUR, MINUTE, TICK = timedelta(hours=1), timedelta(minutes=1), timedelta(microseconds=1)
WINDOW = SalesWindow(NOON, NOON + 4 * HOUR)


@pytest.mark.parametrize("at", [NOON, NOON + 4 * HOUR - TICK])
def test_a_package_without_a_window_of_its_own_sells_in_the_raffles(at: datetime) -> None:
    assert a_package(price_minor=700).price_at(Channel.ONLINE, at, WINDOW) == 700


@pytest.mark.parametrize("at", [NOON - TICK, NOON + 4 * HOUR])
def test_refuses_outside_the_raffles_window(at: datetime) -> None:
    with pytest.raises(PackageNotOnSaleError):
        a_package().price_at(Channel.ONLINE, at, WINDOW)


@pytest.mark.parametrize(("offset", "sells"), [(HOUR - TICK, False), (HOUR, True), (2 * HOUR, False)])
def test_a_window_of_its_own_is_half_open_too(*, offset: timedelta, sells: bool) -> None:
    package = a_package(on_sale_from=NOON + HOUR, on_sale_until=NOON + 2 * HOUR)
    if sells:
        assert package.price_at(Channel.ONLINE, NOON + offset, WINDOW) == package.price_minor
    else:
        with pytest.raises(PackageNotOnSaleError):
            package.price_at(Channel.ONLINE, NOON + offset, WINDOW)


def test_refuses_a_channel_it_is_not_sold_in() -> None:
    with pytest.raises(PackageNotOnSaleError):
        a_package(channels=frozenset({Channel.RESERVE})).price_at(Channel.ONLINE, NOON, WINDOW)


@pytest.mark.parametrize(
    "changes",
    [
        {"numbers": 0},
        {"numbers": MOST_NUMBERS + 1},
        {"price_minor": 0},
        {"label": ""},
        {"channels": frozenset()},
        {"on_sale_from": NOON, "on_sale_until": NOON},
    ],
    ids=str,
)
def test_refuses_what_is_no_package(changes: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"."):
        a_package(**changes)  # type: ignore[arg-type] # one wrong field each


def test_the_price_is_that_of_the_last_change_at_or_before() -> None:
    package = a_package(price_minor=700).changed(PriceChange(500, NOON + HOUR, "staff:kim"))
    prices = [
        package.price_at(Channel.ONLINE, NOON + HOUR + step, WINDOW) for step in (-TICK, 0 * TICK, TICK)
    ]
    assert prices == [700, 500, 500]
    assert package.price_minor == 500


def test_refuses_a_change_before_an_earlier_one() -> None:
    package = a_package().changed(PriceChange(500, NOON, "staff:kim"))
    for at in (NOON, NOON - TICK):
        with pytest.raises(ValueError, match="ascending"):
            package.changed(PriceChange(400, at, "staff:kim"))


@given(st.dictionaries(st.integers(-100, 100), st.integers(1, 9999)), st.integers(0, 60))
def test_the_price_is_what_the_history_says(changes: dict[int, int], minute: int) -> None:
    """Changes before, during and after the window, against the last of those made by then."""
    package = a_package(price_minor=700)
    for at, price in sorted(changes.items()):
        package = package.changed(PriceChange(price, NOON + at * MINUTE, "staff:kim"))
    made = [price for at, price in sorted(changes.items()) if at <= minute]
    assert package.price_at(Channel.ONLINE, NOON + minute * MINUTE, WINDOW) == [700, *made][-1]
