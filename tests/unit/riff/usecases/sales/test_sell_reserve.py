from datetime import timedelta
from uuid import uuid4

import attrs
import pytest

from riff.domain.audit.event_catalogue import EventKind
from riff.domain.identifiers import PackageId
from riff.domain.sales.attended_sale import AttendedSale, Tender
from riff.errors import (
    KeyReusedError,
    NotFoundError,
    NotPermittedError,
    PackageNotOnSaleError,
    RangeExhaustedError,
    SalesClosedError,
)
from riff.usecases.raffles.close_sales import CloseSales, close_sales
from riff.usecases.sales.sell_attended import AttendedTicket
from riff.usecases.sales.sell_reserve import SellReserve, sell_reserve
from riff_critical.lifecycle import RaffleState
from riff_critical.selling import Channel
from tests.support.builders import a_package, a_raffle
from tests.support.builders.changes import changed
from tests.support.builders.units import a_request
from tests.support.fakes import NOON
from tests.support.stage import A_STRANGER, Stage, member


def _sell(stage: Stage, tender: Tender = Tender.CASH, **changes: object) -> AttendedTicket:
    request = a_request("sell_reserve staff:raffle_manager")
    command = SellReserve(
        stage.manager, stage.raffle.id, stage.package.id, tender, "the printer failed", request
    )
    return sell_reserve(changed(command, changes), stage.fakes.services)


def test_sells_from_the_reserve_with_a_reason() -> None:
    stage = Stage.of()
    first, second = _sell(stage), _sell(stage, Tender.PREPAID)
    assert first.ticket.numbers == tuple(range(200_001, 200_011))
    assert second.ticket.numbers == tuple(range(200_011, 200_021))
    assert second.sale == AttendedSale(
        second.ticket.order.id,
        stage.raffle.id,
        stage.manager.label,
        None,
        Tender.PREPAID,
        "the printer failed",
    )


def test_a_request_sells_once_and_gets_its_ticket_again_even_after_the_close() -> None:
    stage = Stage.of()
    request = a_request("sell_reserve staff:raffle_manager")
    first = _sell(stage, request=request)
    close_sales(CloseSales(stage.manager, stage.raffle.id, "r"), stage.fakes.services)
    assert _sell(stage, request=request) == first
    with pytest.raises(KeyReusedError):
        _sell(stage, request=attrs.evolve(request, digest=b"e" * 32))
    assert stage.fakes.transactions.event_kinds().count(EventKind.ORDER_SOLD) == 1


def test_the_event_tells_why() -> None:
    stage = Stage.of()
    _sell(stage)
    (sale,) = (e for e in stage.fakes.transactions.events() if e.kind is EventKind.ORDER_SOLD)
    assert b'"reason":"the printer failed"' in sale.record


def test_sells_the_whole_reserve_and_nothing_beyond() -> None:
    stage = Stage.of(a_raffle().active().with_packages(a_package(numbers=100)))
    for _ in range(10):
        _sell(stage)
    with pytest.raises(RangeExhaustedError):
        _sell(stage)


def test_a_larger_package_gets_a_block_of_its_own() -> None:
    stage = Stage.of(a_raffle().active().with_packages(a_package(), a_package(numbers=200)))
    _sell(stage)
    with stage.fakes.transactions.begin() as work:
        large = work.raffles.packages(stage.raffle.id)[1]
    assert _sell(stage, package_id=large.id).ticket.order.count == 200
    assert _sell(stage).ticket.order.first_slot == 200_010


@pytest.mark.parametrize(
    "state", [RaffleState.SUSPENDED, RaffleState.SALES_CLOSED, RaffleState.RECONCILED], ids=lambda s: s.value
)
def test_refuses_a_raffle_that_does_not_sell(state: RaffleState) -> None:
    with pytest.raises(SalesClosedError):
        _sell(Stage.of(a_raffle().in_state(state)))


def test_refuses_outside_the_window() -> None:
    stage = Stage.of(a_raffle().active().on_sale(NOON - timedelta(hours=1), NOON))
    with pytest.raises(SalesClosedError):
        _sell(stage)


def test_refuses_packages_of_other_channels_and_unknown_ones() -> None:
    stage = Stage.of(a_raffle().active().with_packages(a_package(channels=frozenset({Channel.ONLINE}))))
    with pytest.raises(PackageNotOnSaleError):
        _sell(stage)
    with pytest.raises(NotFoundError):
        _sell(stage, package_id=PackageId(uuid4()))


def test_refuses_strangers_and_roles_that_may_not() -> None:
    stage = Stage.of()
    with pytest.raises(NotFoundError):
        _sell(stage, actor=A_STRANGER)
    with pytest.raises(NotPermittedError):
        _sell(stage, actor=member("operator", stage.organization))
    assert EventKind.ORDER_SOLD not in stage.fakes.transactions.event_kinds()
