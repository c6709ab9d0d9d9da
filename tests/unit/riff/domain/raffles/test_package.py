from datetime import datetime, timedelta

import pytest

from riff.domain.raffles.package import MOST_NUMBERS
from riff.domain.raffles.window import SalesWindow
from riff.errors import PackageNotOnSaleError
from riff_critical.selling import Channel
from tests.support.builders import a_package
from tests.support.fakes import NOON

HOUR, TICK = timedelta(hours=1), timedelta(microseconds=1)
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
