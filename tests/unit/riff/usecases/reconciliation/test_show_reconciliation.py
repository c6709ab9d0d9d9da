import pytest

from riff.domain.reconciliation.reconciliation import ConditionName
from riff.errors import NotFoundError, NotPermittedError
from riff.usecases.reconciliation.show_reconciliation import ShowReconciliation, show_reconciliation
from riff.usecases.sales.void_order import VoidOrder, void_order
from riff.usecases.units.request_void import RequestVoid, request_void
from riff_critical.lifecycle import Guard
from riff_critical.selling import Channel
from tests.support.booth import Booth
from tests.support.builders import a_raffle
from tests.support.closed_books import acknowledge, count, outstanding, shown, sold_out_booth
from tests.support.fakes import Method
from tests.support.stage import A_STRANGER, Stage, member


def test_lists_every_condition_with_what_to_do() -> None:
    found = shown(Stage.of())
    assert tuple(ConditionName) == tuple(condition.name for condition in found.conditions)
    assert all(condition.what_to_do for condition in found.conditions)


def test_counts_what_is_outstanding() -> None:
    booth = Booth.selling()
    booth.sell()
    booth.stage.buy(method=Method.PENDING)
    assert outstanding(booth.stage) == {
        ConditionName.UNITS_NOT_UPLOADED: 1,
        ConditionName.PAYMENTS_UNKNOWN: 1,
        ConditionName.VOIDS_NOT_ACKNOWLEDGED: 1,
        ConditionName.CASH_NOT_COUNTED: 1,
    }
    assert shown(booth.stage).payments.amount_minor == 2000


def test_satisfies_the_guards_of_what_is_not() -> None:
    assert shown(Stage.of()).satisfied == {
        Guard.ALL_UNITS_UPLOADED,
        Guard.NO_PAYMENT_UNKNOWN,
        Guard.NUMBERS_BALANCED,
        Guard.CASH_COUNTED,
    }


def test_adds_up_sold_voided_and_unsold_numbers_per_range() -> None:
    booth = Booth.selling()
    order = booth.sell().ticket.order
    booth.sell()
    booth.stage.buy()
    void_order(VoidOrder(booth.stage.manager, order.id, "r"), booth.stage.fakes.services)
    ranges = {part.channel: part for part in shown(booth.stage).ranges}
    unit, online = ranges[Channel.SALES_UNIT], ranges[Channel.ONLINE]
    assert (unit.valid, unit.voided, unit.unsold, unit.issued) == (10, 10, 980, 1000)
    assert (online.valid, online.voided, online.unsold, online.issued) == (10, 0, 990, 1000)
    assert all(part.balances for part in ranges.values())
    assert ranges[Channel.RESERVE].issued == 0


def test_a_seller_without_cash_need_not_be_counted() -> None:
    assert ConditionName.CASH_NOT_COUNTED not in outstanding(Stage.of())


def test_a_later_void_asks_for_another_count_and_another_acknowledgement() -> None:
    booth = sold_out_booth()
    stage = booth.stage
    count(stage, booth.enrolment.seller)
    acknowledge(stage)
    assert outstanding(stage) == {}
    with stage.fakes.transactions.begin():
        order = next(iter(stage.fakes.transactions.tables.orders.values()))
    void_order(VoidOrder(stage.manager, order.id, "r"), stage.fakes.services)
    assert outstanding(stage) == {
        ConditionName.VOIDS_NOT_ACKNOWLEDGED: 1,
        ConditionName.CASH_NOT_COUNTED: 1,
    }


def test_an_open_request_is_outstanding_until_it_is_decided() -> None:
    booth = Booth.selling()
    order = booth.sell().ticket.order
    request_void(RequestVoid(booth.actor, order.id, "r"), booth.stage.fakes.services)
    assert shown(booth.stage).voids.requests == 1
    void_order(VoidOrder(booth.stage.manager, order.id, "r"), booth.stage.fakes.services)
    assert (shown(booth.stage).voids.requests, shown(booth.stage).voids.voids) == (0, 1)


def test_other_figures_are_told_apart() -> None:
    booth = Booth.selling()
    before = shown(booth.stage).figures
    assert before == shown(booth.stage).figures
    booth.sell()
    assert before != shown(booth.stage).figures


def test_hides_the_accounts_from_strangers_and_of_raffles_never_activated() -> None:
    stage = Stage.of()
    with pytest.raises(NotFoundError):
        show_reconciliation(ShowReconciliation(A_STRANGER, stage.raffle.id), stage.fakes.services)
    viewer = member("viewer", stage.organization)
    with pytest.raises(NotPermittedError):
        show_reconciliation(ShowReconciliation(viewer, stage.raffle.id), stage.fakes.services)
    with pytest.raises(NotFoundError):
        shown(Stage.of(a_raffle().draft()))
