"""GLI-31 2.6.2, sales close at the set time; a unit shows that it handed in everything, and sells no more."""

from datetime import timedelta

import pytest

from riff.errors import SalesClosedError, StateRefusesError, UnitNotUploadedError
from riff.usecases.units.enroll_unit import MemoryCheck
from riff_critical.lifecycle import SalesUnitState
from tests.support.booth import Booth
from tests.support.builders import a_raffle
from tests.support.closed_books import acknowledge, confirm, count
from tests.support.fakes import NOON

CLOSE = NOON + timedelta(hours=5)


def _booth() -> Booth:
    return Booth.selling(a_raffle().active().on_sale(NOON, CLOSE))


def test_a_unit_sells_until_just_before_the_set_time_and_nothing_from_it_on() -> None:
    booth = _booth()
    booth.stage.fakes.clock.set(CLOSE - timedelta(microseconds=1))
    booth.sell()
    for later in (CLOSE, CLOSE + timedelta(microseconds=1), CLOSE + timedelta(days=1)):
        booth.stage.fakes.clock.set(later)
        with pytest.raises(SalesClosedError):
            booth.sell()
        with pytest.raises(SalesClosedError):
            booth.lease()


def test_nothing_is_sold_once_an_official_has_closed_the_sales() -> None:
    booth = _booth()
    booth.end_sales()
    with pytest.raises(SalesClosedError):
        booth.sell()


def test_a_unit_that_holds_sales_cannot_be_closed() -> None:
    booth = _booth()
    booth.sell()
    with pytest.raises(UnitNotUploadedError):
        booth.close(booth.stored.after(b"a sale").mark)


def test_a_closed_unit_shows_all_that_it_sold_and_sells_no_more_for_this_raffle() -> None:
    booth = _booth()
    booth.sell()
    closed = booth.close()
    assert (closed.unit.state, closed.service.takings.orders) == (SalesUnitState.CLOSED, 1)
    assert closed.service.enrolment.closed_at is not None
    for act in (booth.sell, booth.lease, booth.enrol):
        with pytest.raises(StateRefusesError):
            act()


def test_a_closed_unit_can_be_reset_for_another_raffle_once_its_cash_is_counted() -> None:
    booth = _booth()
    booth.sell()
    booth.close()
    booth.end_sales()
    count(booth.stage, booth.enrolment.seller, 2000)
    acknowledge(booth.stage)
    confirm(booth.stage)
    with booth.stage.fakes.transactions.begin() as work:
        other = a_raffle().active().of(booth.stage.organization).stored(work)
    assert booth.enrol(MemoryCheck.CLEARED, raffle_id=other.id).unit.state is SalesUnitState.ACTIVE
