"""One price at every instant, or none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riff_critical.selling import (
    Channel,
    NotAChannelError,
    Package,
    PackageNotOnSaleError,
    PriceChange,
    PriceHistoryError,
    SalesWindow,
    price_in_force,
)

INSTANTS = st.integers(0, 100)


def a_package(*prices: PriceChange, channels: frozenset[Channel] = frozenset({Channel.ONLINE})) -> Package:
    return Package(count=10, prices=prices, channels=channels, window=SalesWindow(10, 90))


@given(st.sets(INSTANTS, min_size=1, max_size=8), INSTANTS)
def test_the_price_is_that_of_the_last_change(starts: set[int], at: int) -> None:
    package = a_package(*(PriceChange(start, start + 1) for start in sorted(starts)))
    begun = [start for start in starts if start <= at]
    if 10 <= at < 90 and begun:
        assert price_in_force(package, Channel.ONLINE, at) == max(begun) + 1
    else:
        with pytest.raises(PackageNotOnSaleError):
            price_in_force(package, Channel.ONLINE, at)


@given(st.lists(INSTANTS, min_size=2, max_size=8))
def test_refuses_a_history_that_is_not_strictly_ascending(starts: list[int]) -> None:
    changes = [PriceChange(start, 100) for start in starts]
    if starts == sorted(set(starts)):
        assert a_package(*changes).prices == tuple(changes)
    else:
        with pytest.raises(PriceHistoryError):
            a_package(*changes)


def test_says_which_channel_does_not_sell_it() -> None:
    with pytest.raises(PackageNotOnSaleError, match="not sold through 'reserve'"):
        price_in_force(a_package(PriceChange(0, 100)), Channel.RESERVE, 50)


def test_one_number_alone_can_be_a_package() -> None:
    single = Package(1, (PriceChange(0, 1),), frozenset({Channel.ONLINE}), SalesWindow(10, 90))
    assert price_in_force(single, Channel.ONLINE, 10) == 1


def test_refuses_a_word_for_a_channel() -> None:
    with pytest.raises(NotAChannelError):
        price_in_force(a_package(PriceChange(0, 100)), "online", 50)  # type: ignore[arg-type]  # the attempt is the test
    with pytest.raises(NotAChannelError):
        a_package(PriceChange(0, 100), channels=frozenset({"online"}))  # type: ignore[arg-type]  # the attempt is the test
