"""The contracts of `UnitStore` and `AttendedSaleStore`, and of the blocks that units lease."""

from datetime import timedelta
from uuid import uuid4

import attrs
import pytest

from riff.domain.checkout.checkout import RequestKey
from riff.domain.identifiers import EnrolmentId, OrderId, UnitId
from riff.domain.raffles.raffle import Raffle
from riff.domain.sales.attended_sale import AttendedSale, Takings, Tender
from riff.domain.sales.sold_order import OrderVoid, SoldOrder
from riff.domain.units.sales_unit import Enrolment, ListedUnit, SalesUnit
from riff.domain.units.void_request import VoidRequest
from riff.errors import AlreadyRegisteredError, AlreadyRequestedError, KeyReusedError, NotFoundError
from riff.ports.pages import RafflePosition
from riff.ports.stores import Work
from riff.ports.units import UnitPosition
from riff_critical.lifecycle import SalesUnitState
from riff_critical.selling import Block, Channel
from tests.support.builders import a_lease_request, a_raffle, a_sale
from tests.support.builders.units import a_unit, an_enrolment
from tests.support.contracts import Stores
from tests.support.fakes import NOON

LATER = NOON + timedelta(hours=1)
REQUEST = RequestKey("sell_reserve staff:kim", "key-of-a-sale", b"d" * 32)
AT_UNITS = {"channel": Channel.SALES_UNIT}


def enrolled(stores: Stores, raffle: Raffle) -> tuple[SalesUnit, Enrolment]:
    """A unit that was enrolled in the raffle and is active."""
    unit = a_unit(raffle.organization_id)
    enrolment = an_enrolment(unit, raffle.id)
    with stores.business.begin() as work:
        work.units.add(unit)
    serving = attrs.evolve(unit, state=SalesUnitState.ACTIVE, enrolment_id=enrolment.id)
    with stores.critical.begin() as work:
        work.units.enrol(enrolment)
        work.units.update(serving)
    return serving, enrolment


def attended(work: Work, raffle: Raffle, enrolment: Enrolment, tender: Tender) -> SoldOrder:
    """An order that a unit sold."""
    wanted = a_lease_request(raffle.id, f"unit:{enrolment.unit_id}", **AT_UNITS)
    order, _ = a_sale(work, work.blocks.lease(wanted))
    work.attended.add(AttendedSale(order.id, raffle.id, enrolment.seller, enrolment.id, tender), None)
    return order


class UnitStoreContract:
    def test_gives_a_unit_as_it_was_registered(self, stores: Stores) -> None:
        unit = a_unit(stores.organization().id)
        with stores.business.begin() as work:
            work.units.add(unit)
        with stores.reader.begin() as work:
            assert work.units.get(unit.id) == work.units.find(unit.subject) == unit

    def test_refuses_unknown_names(self, stores: Stores) -> None:
        with stores.critical.begin() as work:
            for find in (work.units.get, work.units.lock, work.units.listed):
                with pytest.raises(NotFoundError):
                    find(UnitId(uuid4()))
            with pytest.raises(NotFoundError):
                work.units.enrolment(EnrolmentId(uuid4()))
            assert work.units.find("nobody") is None

    def test_registers_a_name_once(self, stores: Stores) -> None:
        unit = a_unit(stores.organization().id)
        same_device = a_unit(unit.organization_id, subject=unit.subject)
        same_label = a_unit(unit.organization_id, label=unit.label)
        with stores.business.begin() as work:
            work.units.add(unit)
            for other in (same_device, same_label):
                with pytest.raises(AlreadyRegisteredError):
                    work.units.add(other)
            work.units.add(a_unit(stores.organization().id, label=unit.label))

    def test_gives_a_unit_another_label_and_operator(self, stores: Stores) -> None:
        unit = a_unit(stores.organization().id)
        other = a_unit(unit.organization_id)
        with stores.business.begin() as work:
            work.units.add(unit)
            work.units.add(other)
            described = attrs.evolve(unit, label="Booth 9", operator="operator-9")
            work.units.describe(described)
            work.units.describe(described)
            with pytest.raises(AlreadyRegisteredError):
                work.units.describe(attrs.evolve(other, label="Booth 9"))
        with stores.reader.begin() as work:
            assert work.units.get(unit.id) == described
            assert work.units.get(other.id) == other

    def test_pages_lead_through_the_units_of_an_organization(self, stores: Stores) -> None:
        organization = stores.organization()
        units = sorted((a_unit(organization.id) for _ in range(3)), key=lambda unit: unit.id)
        with stores.business.begin() as work:
            for unit in (*units, a_unit(stores.organization().id)):
                work.units.add(unit)
        with stores.reader.begin() as work:
            first = work.units.page(organization.id, None, 2)
            rest = work.units.page(organization.id, UnitPosition(first.items[-1].unit.id), 2)
        assert [listed.unit for listed in (*first.items, *rest.items)] == units
        assert (first.more, rest.more) == (True, False)

    def test_knows_the_last_logon_only(self, stores: Stores) -> None:
        unit = a_unit(stores.organization().id)
        with stores.business.begin() as work:
            work.units.add(unit)
            work.units.set_logon(unit.id, b"1" * 32)
            work.units.set_logon(unit.id, b"2" * 32)
        with stores.critical.begin() as work:
            assert work.units.knows_logon(unit.id, b"2" * 32)
            assert not work.units.knows_logon(unit.id, b"1" * 32)
            assert not work.units.knows_logon(UnitId(uuid4()), b"1" * 32)

    def test_lists_the_raffles_that_a_unit_can_enrol_in(self, stores: Stores) -> None:
        organization = stores.organization()
        hours = [timedelta(hours=hour) for hour in (1, 2, 3)]
        with stores.business.begin() as work:
            raffles = [
                a_raffle().active().of(organization).on_sale(NOON - hour, NOON + hour).stored(work)
                for hour in hours
            ]
            a_raffle().configured().of(organization).stored(work)
            a_raffle().active().of(organization).with_slots(online=10).stored(work)
        with stores.reader.begin() as work:
            first = work.units.enrollable(organization.id, LATER, None, 1)
            last = RafflePosition(first.items[-1].window.closes_at, first.items[-1].id)
            rest = work.units.enrollable(organization.id, LATER, last, 1)
        assert [found.id for found in (*first.items, *rest.items)] == [raffle.id for raffle in raffles[1:]]
        assert (first.more, rest.more) == (True, False)

    def test_an_enrolment_closes_once(self, stores: Stores) -> None:
        unit, enrolment = enrolled(stores, stores.raffle())
        with stores.critical.begin() as work:
            assert work.units.lock(unit.id) == unit
            assert work.units.enrolment(enrolment.id) == enrolment
            work.units.close(enrolment.id, LATER)
            work.units.close(enrolment.id, LATER + timedelta(hours=1))
        with stores.reader.begin() as work:
            assert work.units.enrolment(enrolment.id).closed_at == LATER

    def test_gives_the_units_of_a_raffle(self, stores: Stores) -> None:
        raffle = stores.raffle()
        unit, _ = enrolled(stores, raffle)
        enrolled(stores, stores.raffle())
        with stores.critical.begin() as work:
            assert work.units.lock_of(raffle.id) == (unit,)

    def test_keeps_one_request_to_void_per_order(self, stores: Stores) -> None:
        raffle = stores.raffle()
        _, enrolment = enrolled(stores, raffle)
        with stores.critical.begin() as work:
            order = attended(work, raffle, enrolment, Tender.CASH)
            request = VoidRequest(order.id, raffle.id, enrolment.id, "wrong package", LATER)
            assert work.units.void_request(order.id) is None
            work.units.request_void(request)
            with pytest.raises(AlreadyRequestedError):
                work.units.request_void(request)
        with stores.reader.begin() as work:
            assert work.units.void_request(order.id) == request


class AttendedSaleStoreContract:
    def test_gives_what_is_known_of_an_order(self, stores: Stores) -> None:
        raffle = stores.raffle()
        with stores.critical.begin() as work:
            order, _ = a_sale(work, work.blocks.lease(a_lease_request(raffle.id, channel=Channel.RESERVE)))
            sale = AttendedSale(order.id, raffle.id, "staff:kim", None, Tender.PREPAID, "the printer failed")
            work.attended.add(sale, REQUEST)
        with stores.reader.begin() as work:
            assert work.attended.find(order.id) == sale
            assert work.attended.find(OrderId(uuid4())) is None

    def test_recognises_a_request_that_has_sold(self, stores: Stores) -> None:
        raffle = stores.raffle()
        request = RequestKey("sell_reserve staff:kim", str(uuid4()), b"d" * 32)
        with stores.critical.begin() as work:
            assert work.attended.sold_by(request) is None
            order, _ = a_sale(work, work.blocks.lease(a_lease_request(raffle.id, channel=Channel.RESERVE)))
            sale = AttendedSale(order.id, raffle.id, "staff:kim", None, Tender.CASH, "the printer failed")
            work.attended.add(sale, request)
        with stores.critical.begin() as work:
            assert work.attended.sold_by(request) == sale
            assert work.attended.sold_by(attrs.evolve(request, scope="sell_reserve staff:lee")) is None
            with pytest.raises(KeyReusedError):
                work.attended.sold_by(attrs.evolve(request, digest=b"e" * 32))

    def test_adds_up_what_each_seller_took(self, stores: Stores) -> None:
        raffle = stores.raffle()
        unit, enrolment = enrolled(stores, raffle)
        with stores.critical.begin() as work:
            for tender in (Tender.CASH, Tender.CASH, Tender.CARD):
                attended(work, raffle, enrolment, tender)
            cash = attended(work, raffle, enrolment, Tender.CASH)
            work.orders.void(cash, OrderVoid(cash.id, "r", "staff:kim", NOON))
        with stores.reader.begin() as work:
            assert work.attended.takings(raffle.id) == (
                Takings(
                    enrolment.seller,
                    enrolment.id,
                    orders=3,
                    numbers=30,
                    voided_orders=1,
                    cash_orders=3,
                    cash_minor=4000,
                    card_minor=2000,
                ),
            )
            assert work.units.listed(unit.id) == ListedUnit(unit, orders=4, numbers=40)
            assert work.attended.takings(stores.raffle().id) == ()
            assert (work.attended.taken_by(raffle.id, enrolment.seller),) == work.attended.takings(raffle.id)
            assert work.attended.taken_by(raffle.id, "staff:kim") is None


class UnitBlocksContract:
    def test_an_expired_lease_of_a_unit_is_not_taken_over(self, stores: Stores) -> None:
        raffle = stores.raffle()
        first = stores.lease(raffle, "unit:1", **AT_UNITS)
        other = stores.lease(raffle, "unit:2", **AT_UNITS, at=LATER, expires_at=LATER + timedelta(hours=1))
        assert (first.block.end_slot, other.block.first_slot) == (101_000, 101_000)
        own = stores.lease(raffle, "unit:1", **AT_UNITS, at=LATER, expires_at=LATER + timedelta(hours=1))
        assert own.id == first.id

    def test_what_a_unit_gave_back_is_taken_over(self, stores: Stores) -> None:
        raffle = stores.raffle()
        first = stores.lease(raffle, "unit:1", **AT_UNITS)
        with stores.critical.begin() as work:
            work.blocks.release_all(raffle.id, "unit:2", NOON)
            work.blocks.release_all(raffle.id, "unit:1", NOON)
        assert stores.lease(raffle, "unit:2", **AT_UNITS).id == first.id

    def test_gives_the_block_that_a_holder_can_sell_from(self, stores: Stores) -> None:
        raffle = stores.raffle()
        lease = stores.lease(raffle, "unit:1", **AT_UNITS)
        with stores.critical.begin() as work:
            _, after = a_sale(work, lease)
        with stores.critical.begin() as work:
            assert work.blocks.held(raffle.id, "unit:1", 990, NOON) == after
            assert after.block == Block(100_000, 101_000, 100_010)
            assert work.blocks.held(raffle.id, "unit:1", 991, NOON) is None
            assert work.blocks.held(raffle.id, "unit:1", 1, LATER) is None
            assert work.blocks.held(raffle.id, "unit:2", 1, NOON) is None
