import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from riff.domain.sales.allowance import Allowance
from riff.errors import IntegrityFailureError, SalesCapReachedError, StockExhaustedError
from riff.usecases.sales.allowance import (
    is_limited,
    return_allowance,
    return_value,
    take_allowance,
)
from tests.support.builders import a_package, a_raffle
from tests.support.stage import Stage

PACKAGE = a_package(10, 2000, stock=2)


def counted(stage: Stage) -> Allowance:
    with stage.fakes.transactions.begin() as work:
        return work.allowances.lock(stage.raffle.id, stage.package.id)


def take(stage: Stage, price_minor: int = 2000) -> None:
    with stage.fakes.transactions.begin() as work:
        take_allowance(stage.raffle, stage.package, price_minor, work)


def test_takes_of_stock_and_cap_until_either_is_used_up() -> None:
    stage = Stage.of(a_raffle().active().with_packages(PACKAGE).capped(4100))
    take(stage)
    take(stage, 2100)
    assert counted(stage) == Allowance(stock=2, sold=2, cap_minor=4100, valid_minor=4100)
    with pytest.raises(StockExhaustedError):
        take(stage)


def test_refuses_what_would_exceed_the_cap_and_takes_nothing() -> None:
    stage = Stage.of(a_raffle().active().with_packages(PACKAGE).capped(3999))
    take(stage)
    with pytest.raises(SalesCapReachedError):
        take(stage)
    assert counted(stage).sold == 1
    take(stage, 1999)


def test_an_order_that_gets_no_numbers_gives_both_back_and_a_void_only_the_money() -> None:
    stage = Stage.of(a_raffle().active().with_packages(PACKAGE).capped(4000))
    take(stage)
    take(stage)
    with stage.fakes.transactions.begin() as work:
        return_allowance(stage.raffle, stage.package, 2000, work)
        return_value(stage.raffle, stage.package.id, 2000, work)
    assert (counted(stage).sold, counted(stage).valid_minor) == (1, 0)


def test_touches_nothing_where_nothing_is_limited() -> None:
    """Not even a store is asked."""
    raffle, package = a_raffle().active().build(), a_package()
    work = attrs.make_class("Nothing", [])()
    assert not is_limited(raffle, package)
    take_allowance(raffle, package, 2000, work)
    return_allowance(raffle, package, 2000, work)
    return_value(raffle, package.id, 2000, work)


def test_stops_when_the_counters_are_not_those_of_the_setup() -> None:
    stage = Stage.of(a_raffle().active().with_packages(PACKAGE))
    with stage.fakes.transactions.begin() as work, pytest.raises(IntegrityFailureError):
        take_allowance(stage.raffle, attrs.evolve(PACKAGE, stock=3), 2000, work)


@given(st.lists(st.tuples(st.sampled_from(["sale", "failure", "void"]), st.integers(1, 900)), max_size=40))
def test_never_leaves_its_limits(steps: list[tuple[str, int]]) -> None:
    """Whatever happens in whatever order: counters are what is pending or sold, and no more than allowed."""
    allowance = Allowance(stock=7, cap_minor=3000)
    sold: list[int] = []
    used = 0
    for step, price in steps:
        if step == "sale":
            fits = used < 7 and sum(sold) + price <= 3000
            try:
                allowance = allowance.after_sale(price)
            except (StockExhaustedError, SalesCapReachedError):
                assert not fits
                continue
            assert fits
            sold.append(price)
            used += 1
        elif sold:
            returned = sold.pop()
            used -= step == "failure"
            allowance = (
                allowance.after_failure(returned) if step == "failure" else allowance.after_void(returned)
            )
        assert (allowance.sold, allowance.valid_minor) == (used, sum(sold))
