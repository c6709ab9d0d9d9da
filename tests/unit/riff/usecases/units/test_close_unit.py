import pytest

from riff.domain.audit.event_catalogue import EventKind
from riff.domain.sales.attended_sale import Tender
from riff.errors import StateRefusesError, UnitNotUploadedError
from riff.usecases.units.suspend_unit import SuspendUnit, suspend_unit
from riff_critical.lifecycle import SalesUnitState
from tests.support.booth import Booth


def test_shows_what_it_sold_and_sells_no_more() -> None:
    booth = Booth.selling()
    booth.sell(Tender.CASH)
    booth.sell(Tender.CARD)
    closed = booth.close()
    assert closed.unit.state is SalesUnitState.CLOSED
    assert closed.service.enrolment.closed_at == booth.stage.fakes.clock.now()
    takings = closed.service.takings
    assert (takings.orders, takings.cash_minor, takings.card_minor) == (2, 2000, 2000)
    for act in (booth.sell, booth.lease, booth.enrol, booth.close):
        with pytest.raises(StateRefusesError):
            act()
    assert EventKind.UNIT_CLOSED in booth.stage.fakes.transactions.event_kinds()


def test_what_it_did_not_sell_is_free_for_others() -> None:
    booth = Booth.selling()
    booth.sell()
    booth.close()
    other = Booth.at(booth.stage, "device-2")
    other.enrol()
    assert other.lease().block.next_slot == 100_010


def test_refuses_while_it_holds_sales() -> None:
    booth = Booth.selling()
    with pytest.raises(UnitNotUploadedError):
        booth.close(booth.stored.after(b"a sale").mark)
    assert booth.now.state is SalesUnitState.ACTIVE


def test_closes_after_the_sales_have_ended_and_while_suspended() -> None:
    booth = Booth.selling()
    booth.end_sales()
    suspend_unit(SuspendUnit(booth.stage.manager, booth.unit.id, "r"), booth.stage.fakes.services)
    assert booth.close().unit.state is SalesUnitState.CLOSED


def test_refuses_a_unit_that_serves_no_raffle() -> None:
    with pytest.raises(StateRefusesError):
        Booth.of().close()
