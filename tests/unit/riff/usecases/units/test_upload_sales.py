import json
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import attrs
import pytest

from riff.domain.audit.event_catalogue import EventKind
from riff.domain.identifiers import BlockId, OrderId, PackageId
from riff.domain.sales.attended_sale import Tender
from riff.domain.units.offline_sale import OfflineSale, RecordRefusal
from riff.errors import LeaseLostError, StateRefusesError, UnitNotUploadedError, UploadGapError
from riff.usecases.checkout.settle_payment import settle_payment
from riff.usecases.raffles.cancel_raffle import CancelRaffle, cancel_raffle
from riff.usecases.sales.refund_order import RefundOrder, refund_order
from riff.usecases.units.mark_unit_lost import MarkUnitLost, mark_unit_lost
from riff.usecases.units.resume_unit import ResumeUnit, resume_unit
from riff.usecases.units.sell_tickets import SellTickets, sell_tickets
from riff.usecases.units.suspend_unit import SuspendUnit, suspend_unit
from riff_critical.lifecycle import OrderState, RaffleState, SalesUnitState
from riff_critical.memory import Mark
from tests.support.booth import Booth
from tests.support.builders import a_package, a_raffle
from tests.support.builders.units import a_request
from tests.support.fakes import NOON, Method
from tests.support.fakes.uploads import FakeUploadStore
from tests.support.offline_unit import OfflineUnit

CLOSE = NOON + timedelta(hours=5)
MINUTE = timedelta(minutes=1)


@pytest.fixture(name="booth")
def _booth() -> Booth:
    return Booth.selling(a_raffle().active().on_sale(NOON - timedelta(hours=1), CLOSE))


@pytest.fixture(name="unit")
def _unit(booth: Booth) -> OfflineUnit:
    return OfflineUnit(booth.stage.fakes.services, booth.actor)


def _orders(booth: Booth) -> list[tuple[OrderId, int]]:
    orders = booth.stage.fakes.transactions.tables.orders.values()
    return [(order.id, order.first_slot) for order in sorted(orders, key=lambda order: order.first_slot)]


def _cancel(booth: Booth) -> None:
    stage = booth.stage
    cancel_raffle(CancelRaffle(stage.manager, stage.raffle.id, "storm"), stage.fakes.services)


def test_every_sale_becomes_an_order_with_the_numbers_on_its_ticket(booth: Booth, unit: OfflineUnit) -> None:
    for minute in range(3):
        unit.sell(NOON - minute * MINUTE)
    uploaded = unit.upload()
    assert (3, None, unit.mark) == (uploaded.taken, uploaded.refused, uploaded.mark)
    assert [(sale.order_id, sale.first_slot) for sale in unit.sales] == _orders(booth)
    with booth.stage.fakes.transactions.begin() as work:
        order = work.orders.get(unit.sales[1].order_id)
        known = work.attended.find(order.id)
    assert (order.sold_at, order.seller) == (NOON - MINUTE, booth.actor.label)
    assert known
    assert (known.tender, known.enrolment_id) == (Tender.CASH, booth.enrolment.id)


def test_sending_it_again_changes_nothing(booth: Booth, unit: OfflineUnit) -> None:
    unit.sell(NOON)
    first = unit.upload()
    again = unit.upload()
    assert (again.mark, again.taken, len(_orders(booth))) == (first.mark, 0, 1)


def test_old_and_new_records_may_come_together(booth: Booth, unit: OfflineUnit) -> None:
    unit.sell(NOON)
    unit.upload()
    unit.sell(NOON)
    assert unit.upload().taken == 1
    unit.forget(unit.upload().mark)
    unit.sell(NOON)
    assert unit.upload().taken == 1
    assert len(_orders(booth)) == 3


def test_part_of_what_was_handed_in_may_be_sent_again(unit: OfflineUnit) -> None:
    unit.sell(NOON)
    first = unit.mark
    unit.sell(NOON)
    unit.upload()
    again = unit.upload(records=unit.memory.records[:1], mark=first)
    assert (again.mark, again.taken, again.refused) == (unit.mark, 0, None)


def test_a_sale_made_before_the_close_is_taken_after_it(booth: Booth, unit: OfflineUnit) -> None:
    booth.stage.fakes.clock.set(CLOSE - MINUTE)
    unit.sell(CLOSE - MINUTE)
    booth.stage.fakes.clock.set(CLOSE + MINUTE)
    booth.end_sales()
    assert unit.upload().taken == 1
    assert booth.close(unit.mark).service.takings.orders == 1


def test_a_sale_made_before_a_cancellation_is_taken_and_paid_back(booth: Booth) -> None:
    stage = booth.stage
    booth.sell()
    booth.lease(30)
    unit = OfflineUnit(stage.fakes.services, booth.actor)
    sold = [unit.sell(NOON), unit.sell(NOON + MINUTE)]
    stage.fakes.clock.set(NOON + 5 * MINUTE)
    _cancel(booth)
    with pytest.raises(UnitNotUploadedError):
        booth.close(unit.mark)
    stage.fakes.clock.advance(minutes=60)
    assert [unit.upload().taken for _ in range(2)] == [2, 0]
    (event,) = (e for e in stage.fakes.transactions.events() if e.kind is EventKind.SALES_UPLOADED)
    facts = json.loads(event.record)["facts"]
    assert (facts["orders"], facts["owed"]) == (3, 6000)
    for sale in sold:
        request = a_request(f"refund {sale.order_id}")
        command = RefundOrder(stage.manager, sale.order_id, "The raffle was cancelled.", request)
        assert refund_order(command, stage.fakes.services).void.state is OrderState.REFUNDED
    assert booth.close(unit.mark).service.takings.orders == 1


def test_a_unit_that_served_a_cancelled_raffle_becomes_free(booth: Booth, unit: OfflineUnit) -> None:
    stage = booth.stage
    unit.sell(NOON)
    stage.fakes.clock.advance(minutes=5)
    _cancel(booth)
    unit.upload()
    booth.close(unit.mark)
    suspend_unit(SuspendUnit(stage.manager, booth.unit.id, "r"), stage.fakes.services)
    resumed = resume_unit(ResumeUnit(stage.manager, booth.unit.id, "r", inspected=True), stage.fakes.services)
    assert (resumed.unit.state, resumed.unit.enrolment_id) == (SalesUnitState.REGISTERED, None)


def test_a_sale_at_a_cancellation_is_none(booth: Booth, unit: OfflineUnit) -> None:
    booth.stage.fakes.clock.set(NOON + MINUTE)
    _cancel(booth)
    unit.sell(NOON + MINUTE)
    uploaded = unit.upload()
    assert uploaded.refused
    assert uploaded.refused.cause is RecordRefusal.OUTSIDE_WINDOW


def test_a_suspended_unit_hands_in(booth: Booth, unit: OfflineUnit) -> None:
    unit.sell(NOON)
    suspend_unit(SuspendUnit(booth.stage.manager, booth.unit.id, "r"), booth.stage.fakes.services)
    assert unit.upload().taken == 1


def test_the_raffle_tells_of_every_entry_of_the_chain(booth: Booth, unit: OfflineUnit) -> None:
    unit.sell(NOON)
    unit.sell(NOON)
    unit.upload()
    unit.upload()
    (event,) = (e for e in booth.stage.fakes.transactions.events() if e.kind is EventKind.SALES_UPLOADED)
    assert json.loads(event.record)["facts"] == {
        "unit": str(booth.unit.id),
        "enrolment": str(booth.enrolment.id),
        "position": 2,
        "records": 2,
        "heads": " ".join(link.head.hex() for link in unit.memory.links[1:]),
    }
    assert str(event.stream) == str(booth.stage.raffle.id)


def test_nothing_is_sold_connected_before_it_is_handed_in(booth: Booth, unit: OfflineUnit) -> None:
    unit.sell(NOON)
    request = a_request("sell_tickets unit")
    command = SellTickets(booth.actor, booth.stage.package.id, Tender.CASH, 1, request)
    with pytest.raises(UnitNotUploadedError):
        sell_tickets(command, booth.stage.fakes.services)
    with pytest.raises(UnitNotUploadedError):
        booth.close(unit.mark)
    unit.upload()
    assert sell_tickets(command, booth.stage.fakes.services).ticket.order.first_slot == 100_010


def test_refuses_a_gap(unit: OfflineUnit) -> None:
    unit.sell(NOON)
    unit.forget(unit.mark)
    unit.sell(NOON)
    with pytest.raises(UploadGapError) as refusal:
        unit.upload()
    assert refusal.value.facts == {"expected": 0}


def test_a_mark_that_does_not_fit_stops_the_unit(booth: Booth, unit: OfflineUnit) -> None:
    unit.sell(NOON)
    uploaded = unit.upload(mark=Mark(1, b"another!"))
    assert uploaded.refused
    assert (uploaded.refused.cause, uploaded.taken) == (RecordRefusal.FORKED, 0)
    assert (booth.now.state, _orders(booth)) == (SalesUnitState.ERROR, [])


def test_another_story_than_before_stops_the_unit(booth: Booth, unit: OfflineUnit) -> None:
    unit.sell(NOON)
    unit.upload()
    other = OfflineUnit(booth.stage.fakes.services, booth.actor)
    other.sell(NOON)
    uploaded = other.upload()
    assert uploaded.refused
    assert uploaded.refused.cause is RecordRefusal.FORKED
    assert len(_orders(booth)) == 1


def _another_block(sale: OfflineSale) -> OfflineSale:
    return attrs.evolve(sale, block_id=BlockId(uuid4()))


def _skipping(sale: OfflineSale) -> OfflineSale:
    return attrs.evolve(sale, first_slot=sale.first_slot + 10)


def _beyond(sale: OfflineSale) -> OfflineSale:
    return attrs.evolve(sale, numbers=10_000)


def _another_package(sale: OfflineSale) -> OfflineSale:
    return attrs.evolve(sale, package_id=PackageId(uuid4()))


def _fewer_numbers(sale: OfflineSale) -> OfflineSale:
    return attrs.evolve(sale, numbers=9)


def _cheaper(sale: OfflineSale) -> OfflineSale:
    return attrs.evolve(sale, price_minor=1)


def _before_the_logon(sale: OfflineSale) -> OfflineSale:
    return attrs.evolve(sale, sold_at=NOON - timedelta(minutes=2, microseconds=1))


def _at_the_close(sale: OfflineSale) -> OfflineSale:
    return attrs.evolve(sale, sold_at=CLOSE)


def _in_the_future(sale: OfflineSale) -> OfflineSale:
    return attrs.evolve(sale, sold_at=NOON + timedelta(minutes=3))


@pytest.mark.parametrize(
    ("spoil", "cause"),
    [
        (_another_block, RecordRefusal.FOREIGN_BLOCK),
        (_skipping, RecordRefusal.OUT_OF_ORDER),
        (_beyond, RecordRefusal.OUT_OF_ORDER),
        (_another_package, RecordRefusal.UNKNOWN_PACKAGE),
        (_fewer_numbers, RecordRefusal.UNKNOWN_PACKAGE),
        (_cheaper, RecordRefusal.UNKNOWN_PRICE),
        (_before_the_logon, RecordRefusal.OUTSIDE_WINDOW),
        (_at_the_close, RecordRefusal.OUTSIDE_WINDOW),
        (_in_the_future, RecordRefusal.OUTSIDE_WINDOW),
    ],
)
def test_stops_at_a_record_that_cannot_be_a_sale(
    booth: Booth, unit: OfflineUnit, spoil: Callable[[OfflineSale], OfflineSale], cause: RecordRefusal
) -> None:
    unit.sell(NOON)
    good = unit.mark
    template = OfflineUnit(booth.stage.fakes.services, booth.actor)
    template.sell(NOON)
    unit.keep(spoil(template.sell(NOON)))
    unit.sell(NOON)
    uploaded = unit.upload()
    assert uploaded.refused
    assert (cause, 2, 1) == (uploaded.refused.cause, uploaded.refused.position, uploaded.taken)
    assert (good, SalesUnitState.ERROR) == (uploaded.mark, booth.now.state)
    assert len(_orders(booth)) == 1
    assert EventKind.RECORD_REFUSED in booth.stage.fakes.transactions.event_kinds()


def test_stops_at_an_order_that_is_known(booth: Booth, unit: OfflineUnit) -> None:
    sale = unit.sell(NOON)
    unit.sell(NOON, order_id=sale.order_id)
    uploaded = unit.upload()
    assert uploaded.refused
    assert uploaded.refused.cause is RecordRefusal.KNOWN_ORDER
    assert len(_orders(booth)) == 1


def test_an_online_order_keeps_its_name_for_its_own_payment(booth: Booth, unit: OfflineUnit) -> None:
    stage = booth.stage
    checkout = stage.buy(method=Method.PENDING).checkout
    unit.sell(NOON, order_id=checkout.id)
    uploaded = unit.upload()
    assert uploaded.refused
    assert (uploaded.taken, uploaded.refused.cause) == (0, RecordRefusal.KNOWN_ORDER)
    stage.fakes.payments.settle(checkout.id)
    settled = settle_payment(stage.fakes.payments.charges[checkout.id], stage.fakes.services)
    assert settled.checkout.state is OrderState.PAID


def test_numbers_that_are_gone_all_the_same_are_out_of_order(
    unit: OfflineUnit, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: object) -> None:
        raise LeaseLostError("The numbers are not the next ones of a block of this unit.")

    unit.sell(NOON)
    monkeypatch.setattr(FakeUploadStore, "sell", gone)
    uploaded = unit.upload()
    assert uploaded.refused
    assert uploaded.refused.cause is RecordRefusal.OUT_OF_ORDER


def test_a_sale_before_the_opening_is_none() -> None:
    booth = Booth.selling(a_raffle().active().on_sale(NOON, CLOSE))
    unit = OfflineUnit(booth.stage.fakes.services, booth.actor)
    unit.sell(NOON - timedelta(microseconds=1))
    uploaded = unit.upload()
    assert uploaded.refused
    assert uploaded.refused.cause is RecordRefusal.OUTSIDE_WINDOW


def test_a_sale_is_not_dated_back_before_the_logon() -> None:
    booth = Booth.selling(a_raffle().active().on_sale(NOON - timedelta(hours=10), CLOSE))
    unit = OfflineUnit(booth.stage.fakes.services, booth.actor)
    unit.sell(booth.enrolment.enrolled_at - 2 * MINUTE)
    unit.sell(NOON - timedelta(hours=9))
    uploaded = unit.upload()
    assert uploaded.refused
    assert (uploaded.taken, uploaded.refused.cause) == (1, RecordRefusal.OUTSIDE_WINDOW)


def test_a_sale_after_an_official_has_closed_is_none(booth: Booth, unit: OfflineUnit) -> None:
    booth.end_sales()
    booth.stage.fakes.clock.advance(minutes=1)
    unit.sell(NOON)
    uploaded = unit.upload()
    assert uploaded.refused
    assert uploaded.refused.cause is RecordRefusal.OUTSIDE_WINDOW


def test_packages_with_a_stock_are_not_sold_out_of_reach() -> None:
    booth = Booth.selling(a_raffle().active().with_packages(a_package(stock=1), a_package(5, 1000)))
    unit = OfflineUnit(booth.stage.fakes.services, booth.actor)
    assert [package.numbers for package in unit.told.offline] == [5]
    assert [package.numbers for package in unit.told.packages] == [10, 5]


@pytest.mark.parametrize("state", [RaffleState.RECONCILED, RaffleState.SEALED], ids=lambda s: s.value)
def test_takes_nothing_in_once_the_raffle_is_reconciled(
    booth: Booth, unit: OfflineUnit, state: RaffleState
) -> None:
    unit.sell(NOON)
    booth.stage.put_in(state)
    with pytest.raises(StateRefusesError):
        unit.upload()


def test_takes_nothing_in_from_a_lost_unit_or_a_closed_one(booth: Booth, unit: OfflineUnit) -> None:
    booth.close()
    unit.sell(NOON)
    with pytest.raises(StateRefusesError):
        unit.upload()
    mark_unit_lost(MarkUnitLost(booth.stage.manager, booth.unit.id, "r"), booth.stage.fakes.services)
    with pytest.raises(StateRefusesError):
        unit.upload()
