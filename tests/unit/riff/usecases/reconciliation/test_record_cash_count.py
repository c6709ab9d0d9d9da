import pytest

from riff.domain.audit.event_catalogue import EventKind
from riff.domain.sales.attended_sale import Tender
from riff.errors import DifferenceUnexplainedError, NotFoundError, NotPermittedError, StateRefusesError
from riff.usecases.reconciliation.record_cash_count import RecordCashCount, record_cash_count
from riff.usecases.sales.sell_reserve import SellReserve, sell_reserve
from riff_critical.lifecycle import SalesUnitState
from tests.support.booth import Booth
from tests.support.builders.units import a_request
from tests.support.closed_books import count, shown, sold_out_booth
from tests.support.stage import member


def test_a_count_that_fits_needs_no_words() -> None:
    booth = sold_out_booth()
    accounts = count(booth.stage, booth.enrolment.seller, 4000)
    (seller,) = accounts.sellers
    assert (seller.outstanding, seller.counts[0].difference_minor) == (False, 0)
    assert EventKind.CASH_COUNTED in booth.stage.fakes.transactions.event_kinds()


def test_a_difference_needs_an_explanation_and_is_kept() -> None:
    booth = sold_out_booth()
    with pytest.raises(DifferenceUnexplainedError):
        count(booth.stage, booth.enrolment.seller, 3500)
    accounts = count(booth.stage, booth.enrolment.seller, 3500, "a torn note")
    (seller,) = accounts.sellers
    assert (seller.counts[0].difference_minor, seller.counts[0].explanation) == (-500, "a torn note")
    assert not seller.outstanding


def test_a_recount_keeps_the_counts_before() -> None:
    booth = sold_out_booth()
    count(booth.stage, booth.enrolment.seller, 3500, "a torn note")
    accounts = count(booth.stage, booth.enrolment.seller, 4000)
    assert [(c.sequence, c.counted_minor) for c in accounts.sellers[0].counts] == [(1, 3500), (2, 4000)]


def test_a_counted_unit_can_serve_anew() -> None:
    booth = sold_out_booth()
    count(booth.stage, booth.enrolment.seller)
    assert booth.now.state is SalesUnitState.RECONCILED
    assert EventKind.UNIT_RECONCILED in booth.stage.fakes.transactions.event_kinds()


def test_cards_are_no_cash_and_staff_are_counted_too() -> None:
    booth = Booth.selling()
    stage = booth.stage
    booth.sell(Tender.CARD)
    request = a_request("sell_reserve staff:raffle_manager")
    command = SellReserve(stage.manager, stage.raffle.id, stage.package.id, Tender.CASH, "r", request)
    sell_reserve(command, stage.fakes.services)
    booth.end_sales()
    assert [stage.manager.label] == [s.takings.seller for s in shown(stage).sellers if s.outstanding]
    accounts = count(stage, stage.manager.label, 2000)
    assert not any(seller.outstanding for seller in accounts.sellers)


def test_refuses_sellers_that_are_none() -> None:
    booth = sold_out_booth()
    with pytest.raises(NotFoundError):
        count(booth.stage, "staff:nobody")


def test_refuses_while_the_raffle_sells_and_roles_that_may_not() -> None:
    booth = Booth.selling()
    booth.sell()
    with pytest.raises(StateRefusesError):
        count(booth.stage, booth.enrolment.seller, 2000)
    operator = member("operator", booth.stage.organization)
    command = RecordCashCount(operator, booth.stage.raffle.id, booth.enrolment.seller, 2000, None)
    with pytest.raises(NotPermittedError):
        record_cash_count(command, booth.stage.fakes.services)
