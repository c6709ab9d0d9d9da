from datetime import timedelta
from uuid import uuid4

import attrs
import pytest

from riff.domain.identifiers import PackageId
from riff.domain.sales.attended_sale import AttendedSale, Tender
from riff.errors import (
    BlockNeededError,
    KeyReusedError,
    NotFoundError,
    PackageNotOnSaleError,
    SalesClosedError,
    StateRefusesError,
)
from riff.usecases.public.show_jackpot import ShowJackpot, show_jackpot
from riff.usecases.units.sell_tickets import SellTickets, sell_tickets
from riff.usecases.units.suspend_unit import SuspendUnit, suspend_unit
from riff_critical.selling import Channel
from tests.support.booth import Booth
from tests.support.builders import a_package, a_raffle
from tests.support.builders.units import a_request
from tests.support.fakes import NOON


def test_sells_the_next_numbers_of_its_block_for_the_price_in_force() -> None:
    booth = Booth.selling()
    first, second = booth.sell(Tender.CASH), booth.sell(Tender.CARD)
    assert first.ticket.numbers == tuple(range(100_001, 100_011))
    assert second.ticket.numbers == tuple(range(100_011, 100_021))
    assert first.ticket.validation_number != second.ticket.validation_number
    assert (first.ticket.order.price.minor, first.ticket.order.seller) == (2000, booth.actor.label)
    assert second.sale == AttendedSale(
        second.ticket.order.id, booth.stage.raffle.id, booth.enrolment.seller, booth.enrolment.id, Tender.CARD
    )


def test_the_jackpot_follows() -> None:
    booth = Booth.selling()
    booth.sell()
    estimate = show_jackpot(ShowJackpot(booth.stage.raffle.id), booth.stage.fakes.services)
    assert estimate.sales.minor == 2000


def test_the_event_tells_whose_cash_it_is() -> None:
    booth = Booth.selling()
    booth.sell()
    record = booth.stage.fakes.transactions.tables.events
    sale = [
        event.record for stream in record.values() for event in stream if b'"tender":"cash"' in event.record
    ]
    assert len(sale) == 1
    assert booth.enrolment.seller.encode() in sale[0]


def test_a_request_sells_once_and_gets_its_ticket_again_even_after_a_suspension() -> None:
    booth = Booth.selling()
    request = a_request("sell_tickets unit")
    command = SellTickets(booth.actor, booth.stage.package.id, Tender.CASH, 0, request)
    first = sell_tickets(command, booth.stage.fakes.services)
    suspend_unit(SuspendUnit(booth.stage.manager, booth.unit.id, "r"), booth.stage.fakes.services)
    assert sell_tickets(command, booth.stage.fakes.services) == first
    other = attrs.evolve(command, request=attrs.evolve(request, digest=b"e" * 32))
    with pytest.raises(KeyReusedError):
        sell_tickets(other, booth.stage.fakes.services)
    assert len(booth.stage.fakes.transactions.tables.orders) == 1


def test_needs_a_block_with_room() -> None:
    booth = Booth.of(a_raffle().active().with_slots(online=10, sales_unit=15))
    booth.enrol()
    with pytest.raises(BlockNeededError):
        booth.sell()
    booth.lease()
    booth.sell()
    with pytest.raises(BlockNeededError):
        booth.sell()


def test_sells_nothing_from_another_units_block() -> None:
    booth = Booth.selling()
    other = Booth.at(booth.stage, "device-2")
    other.enrol()
    with pytest.raises(BlockNeededError):
        other.sell()


def test_refuses_before_the_logon_and_after_the_close() -> None:
    booth = Booth.of()
    with pytest.raises(StateRefusesError):
        booth.sell()
    booth.enrol()
    booth.lease()
    booth.end_sales()
    with pytest.raises(SalesClosedError):
        booth.sell()


def test_refuses_from_the_instant_of_closing_on() -> None:
    close = NOON + timedelta(hours=1)
    booth = Booth.selling(a_raffle().active().on_sale(NOON, close))
    booth.stage.fakes.clock.set(close - timedelta(microseconds=1))
    booth.sell()
    booth.stage.fakes.clock.set(close)
    with pytest.raises(SalesClosedError):
        booth.sell()


def test_refuses_packages_of_other_channels_and_unknown_ones() -> None:
    online_only = a_package(channels=frozenset({Channel.ONLINE}))
    booth = Booth.selling(a_raffle().active().with_packages(online_only))
    with pytest.raises(PackageNotOnSaleError):
        booth.sell()
    request = a_request("sell_tickets unit")
    command = SellTickets(booth.actor, PackageId(uuid4()), Tender.CASH, 0, request)
    with pytest.raises(NotFoundError):
        sell_tickets(command, booth.stage.fakes.services)
