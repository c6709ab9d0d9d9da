"""Sales units and reconciliation on a real database: a whole night, many at once, hand-written SQL."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import uuid4

import attrs
import psycopg
import pytest
from psycopg.rows import TupleRow

from riff.adapters.postgres import Database, PostgresTransactions
from riff.domain.accounts.actor import Actor
from riff.domain.reconciliation.refusals import NumbersNotBalancedError
from riff.domain.sales.attended_sale import Tender
from riff.errors import ConflictError, SecondPersonNeededError, StateRefusesError
from riff.ports.services import Services
from riff.usecases.audit.update_ledger import update_ledger
from riff.usecases.raffles.cancel_raffle import CancelRaffle, cancel_raffle
from riff.usecases.raffles.close_sales import CloseSales, close_sales
from riff.usecases.reconciliation.confirm_reconciliation import (
    ConfirmReconciliation,
    confirm_reconciliation,
)
from riff.usecases.reconciliation.show_reconciliation import ShowReconciliation, show_reconciliation
from riff.usecases.reconciliation.write_off_unit import WriteOffUnit, write_off_unit
from riff.usecases.sales.refund_order import RefundOrder, refund_order
from riff.usecases.sales.sell_reserve import SellReserve, sell_reserve
from riff.usecases.sales.void_order import VoidOrder, void_order
from riff.usecases.units.close_unit import CloseUnit, close_unit
from riff.usecases.units.list_units import ListUnits, list_units
from riff.usecases.units.mark_unit_lost import MarkUnitLost, mark_unit_lost
from riff.usecases.units.request_void import RequestVoid, request_void
from riff.usecases.units.resume_unit import ResumeUnit, resume_unit
from riff.usecases.units.show_unit import ShowUnit, show_unit
from riff.usecases.units.suspend_unit import SuspendUnit, suspend_unit
from riff_critical.ledger import Upload, parse_entry
from riff_critical.lifecycle import OrderState, RaffleState, SalesUnitState
from tests.support.books import discrepancies
from tests.support.builders import a_raffle
from tests.support.builders.units import a_request
from tests.support.contracts import Stores
from tests.support.fakes import NOON, PERMISSIVE
from tests.support.offline_unit import OfflineUnit
from tests.support.postgres import MigratedDatabase
from tests.support.sellers import at_once
from tests.support.venue import MANAGER, Venue, services_on

type Connection = psycopg.Connection[TupleRow]

SECOND = attrs.evolve(MANAGER, name="second")
TWO_PERSONS = attrs.evolve(PERMISSIVE, two_person_reconciliation=True)


@pytest.fixture(name="functions")
def _functions(database: MigratedDatabase) -> Iterator[Callable[[int], list[Services]]]:
    """As many critical functions as a test wants, each on a connection of its own."""
    opened: list[Database] = []

    def functions(count: int) -> list[Services]:
        opened.extend(database.open("riff_critical") for _ in range(count))
        return [services_on(PostgresTransactions(connection)) for connection in opened[-count:]]

    yield functions
    for connection in opened:
        connection.close()


def _confirm(venue: Venue, services: Services, actor: Actor = MANAGER) -> RaffleState:
    return confirm_reconciliation(ConfirmReconciliation(actor, venue.raffle.id), services).raffle.state


def test_a_whole_night(stores: Stores, database: MigratedDatabase) -> None:
    venue = Venue.of(stores)
    orders = [venue.sell().ticket.order for _ in range(3)]
    venue.sell(tender=Tender.CARD)
    reserve = SellReserve(
        MANAGER,
        venue.raffle.id,
        venue.package.id,
        Tender.PREPAID,
        "the printer failed",
        a_request("sell_reserve staff:manager"),
    )
    assert sell_reserve(reserve, venue.critical) == sell_reserve(reserve, venue.critical)
    request_void(RequestVoid(venue.actor, orders[0].id, "wrong package"), venue.critical)
    void_order(VoidOrder(MANAGER, orders[0].id, "wrong package"), venue.critical)
    shown = show_unit(ShowUnit(MANAGER, venue.unit.id), venue.reader)
    assert shown.service
    assert (shown.listed.orders, shown.service.takings.cash_minor) == (4, 4000)
    page = list_units(ListUnits(MANAGER, venue.raffle.organization_id, None, 10), venue.reader)
    assert [entry.unit.id for entry in page.items] == [venue.unit.id]
    venue.end_sales()
    venue.account(4000, voids=1)
    accounts = show_reconciliation(ShowReconciliation(MANAGER, venue.raffle.id), venue.reader)
    assert all(condition.satisfied for condition in accounts.conditions)
    assert _confirm(venue, venue.critical) is RaffleState.RECONCILED
    assert venue.now.state is SalesUnitState.RECONCILED
    with database.superuser() as connection:
        assert discrepancies(connection, venue.raffle.id) == []


def test_a_unit_that_sends_eight_sales_at_once(
    stores: Stores, database: MigratedDatabase, functions: Callable[[int], list[Services]]
) -> None:
    venue = Venue.of(stores)

    def sell(services: Services) -> int:
        return sum(venue.sell(services).ticket.order.count for _ in range(10))

    assert sum(at_once(sell, functions(8))) == 800
    with stores.reader.begin() as work:
        assert work.blocks.subtotal(venue.raffle.id).subtotal.sold_slots == 800
    with database.superuser() as connection:
        assert discrepancies(connection, venue.raffle.id) == []


def test_after_a_suspension_nothing_is_sold(
    stores: Stores, functions: Callable[[int], list[Services]]
) -> None:
    venue = Venue.of(stores)

    def sell(services: Services) -> int:
        sold = 0
        for _ in range(50):
            try:
                venue.sell(services)
            except StateRefusesError:
                break
            sold += 1
        return sold

    def act(services: Services) -> int:
        if services is not venue.business:
            return sell(services)
        suspend_unit(SuspendUnit(MANAGER, venue.unit.id, "r"), services)
        with stores.reader.begin() as work:
            return -work.blocks.subtotal(venue.raffle.id).orders

    *sold, at_suspension = at_once(act, [*functions(4), venue.business])
    assert sum(sold) == -at_suspension


def test_resuming_and_losing_under_the_role_that_manages(stores: Stores) -> None:
    venue = Venue.of(stores)
    mark_unit_lost(MarkUnitLost(MANAGER, venue.unit.id, "r"), venue.business)
    resumed = resume_unit(ResumeUnit(MANAGER, venue.unit.id, "found", inspected=True), venue.business)
    assert resumed.unit.state is SalesUnitState.ENROLLED


def test_two_persons_who_confirm_at_once(stores: Stores, functions: Callable[[int], list[Services]]) -> None:
    venue = Venue.of(stores, a_raffle().active().under(TWO_PERSONS))
    venue.sell()
    venue.end_sales()
    venue.account(2000)
    first, second = functions(2)
    states = at_once(lambda found: _confirm(venue, *found), [(first, MANAGER), (second, SECOND)])
    assert set(states) == {RaffleState.RECONCILING, RaffleState.RECONCILED}


def test_one_person_who_confirms_twice_at_once_counts_once(
    stores: Stores, functions: Callable[[int], list[Services]]
) -> None:
    venue = Venue.of(stores, a_raffle().active().under(TWO_PERSONS))
    venue.sell()
    venue.end_sales()
    venue.account(2000)

    def confirm(services: Services) -> type[ConflictError] | RaffleState:
        try:
            return _confirm(venue, services)
        except ConflictError as error:
            return type(error)

    assert set(at_once(confirm, functions(2))) == {RaffleState.RECONCILING, SecondPersonNeededError}


def test_an_upload_that_arrives_eight_times_at_once_counts_once(
    stores: Stores, database: MigratedDatabase, functions: Callable[[int], list[Services]]
) -> None:
    venue = Venue.of(stores)
    unit = OfflineUnit(venue.critical, venue.actor)
    for _ in range(20):
        unit.sell(NOON)
    uploads = at_once(unit.upload, functions(8))
    assert sum(upload.taken for upload in uploads) == 20
    assert {upload.mark for upload in uploads} == {unit.mark}
    with stores.critical.begin() as work:
        head = update_ledger(venue.raffle.id, work)
        entered = map(parse_entry, work.ledger.entries(venue.raffle.id, 0, head.size))
        heads = [record.head for record in entered if isinstance(record, Upload)]
    assert heads == [link.head for link in unit.memory.links[1:]]
    with stores.reader.begin() as work:
        assert work.blocks.subtotal(venue.raffle.id).orders == 20
    with database.superuser() as connection:
        assert discrepancies(connection, venue.raffle.id) == []


def test_sales_made_out_of_reach_and_handed_in_after_the_close(
    stores: Stores, database: MigratedDatabase
) -> None:
    venue = Venue.of(stores)
    unit = OfflineUnit(venue.critical, venue.actor)
    unit.sell(NOON - timedelta(minutes=1))
    close_sales(CloseSales(MANAGER, venue.raffle.id, "r"), venue.critical)
    assert unit.upload().taken == 1
    close_unit(CloseUnit(venue.actor, unit.mark), venue.critical)
    venue.account(2000)
    assert _confirm(venue, venue.critical) is RaffleState.RECONCILED
    with database.superuser() as connection:
        assert discrepancies(connection, venue.raffle.id) == []


def test_sales_made_out_of_reach_and_handed_in_after_a_cancellation(
    stores: Stores, database: MigratedDatabase
) -> None:
    venue = Venue.of(stores)
    unit = OfflineUnit(venue.critical, venue.actor)
    sale = unit.sell(NOON - timedelta(minutes=1))
    cancel_raffle(CancelRaffle(MANAGER, venue.raffle.id, "r"), venue.critical)
    assert unit.upload().taken == 1
    refund = RefundOrder(MANAGER, sale.order_id, "r", a_request("refund"))
    assert refund_order(refund, venue.critical).void.state is OrderState.REFUNDED
    with stores.critical.begin() as work:
        enrolment = work.reconciliation.units(venue.raffle.id)[0].enrolment_id
    write_off = WriteOffUnit(MANAGER, venue.raffle.id, enrolment, "r")
    assert write_off_unit(write_off, venue.critical).units[0].write_off
    close_unit(CloseUnit(venue.actor, unit.mark), venue.critical)
    with database.superuser() as connection:
        assert discrepancies(connection, venue.raffle.id) == []


def test_a_record_that_is_refused_leaves_what_came_before_it(
    stores: Stores, database: MigratedDatabase
) -> None:
    venue = Venue.of(stores)
    unit = OfflineUnit(venue.critical, venue.actor)
    sale = unit.sell(NOON)
    unit.sell(NOON, order_id=sale.order_id)
    unit.sell(NOON)
    uploaded = unit.upload()
    assert (uploaded.taken, uploaded.mark.position, venue.now.state) == (1, 1, SalesUnitState.ERROR)
    with database.superuser() as connection:
        assert discrepancies(connection, venue.raffle.id) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE block_sales SET unsold = unsold - 1 WHERE raffle_id = %s",
        "UPDATE block_sales SET valid_minor = valid_minor + 1 WHERE raffle_id = %s",
        # A released block has no room left, which would refuse this one alone.
        (
            "UPDATE block_sales SET valid_numbers = valid_numbers - 1, unsold = unsold + 1, room = room + 1"
            " WHERE raffle_id = %s"
        ),
        "UPDATE channel_range SET next_slot = next_slot + 1 WHERE raffle_id = %s AND channel = 'sales_unit'",
    ],
)
def test_books_that_were_altered_by_hand_are_not_confirmed(
    stores: Stores, database: MigratedDatabase, statement: str
) -> None:
    venue = Venue.of(stores)
    venue.sell()
    venue.end_sales()
    venue.account(2000)
    with database.superuser() as connection:
        connection.execute(statement.encode(), [venue.raffle.id])
    with pytest.raises(NumbersNotBalancedError):
        _confirm(venue, venue.critical)


_ENROLMENT = """
    INSERT INTO unit_enrolment (id, unit_id, raffle_id, operator, enrolled_at)
    VALUES (%s, %s, %s, 'o', now())
"""
_COUNT = """
    INSERT INTO cash_count (raffle_id, seller, sequence, expected_minor, counted_minor, explanation,
        counted_by, counted_at)
    VALUES (%s, 's', 1, 2000, %s, %s, 'c', now())
"""
_WORD = """
    INSERT INTO reconciliation_confirmation (raffle_id, figures, confirmed_by, confirmed_at)
    VALUES (%s, sha256('x'), 'staff:kim', now())
"""


def test_the_database_keeps_a_unit_in_one_raffle(stores: Stores, database: MigratedDatabase) -> None:
    venue = Venue.of(stores)
    with database.connect("riff_critical") as connection, pytest.raises(psycopg.errors.UniqueViolation):
        connection.execute(_ENROLMENT.encode(), [uuid4(), venue.unit.id, stores.raffle().id])


def test_the_database_keeps_no_difference_without_words(stores: Stores, database: MigratedDatabase) -> None:
    raffle = stores.raffle()
    with database.connect("riff_critical") as connection:
        with pytest.raises(psycopg.errors.CheckViolation):
            connection.execute(_COUNT.encode(), [raffle.id, 1999, None])
        connection.execute(_COUNT.encode(), [raffle.id, 1999, "a coin fell"])


def test_the_database_counts_one_person_once(stores: Stores, database: MigratedDatabase) -> None:
    raffle = stores.raffle()
    with database.connect("riff_critical") as connection:
        connection.execute(_WORD, [raffle.id])
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute(_WORD, [raffle.id])


def test_the_database_keeps_a_reason_with_every_sale_from_the_reserve(
    stores: Stores, database: MigratedDatabase
) -> None:
    venue = Venue.of(stores)
    order = venue.sell().ticket.order
    with database.superuser() as connection, pytest.raises(psycopg.errors.CheckViolation):
        connection.execute("UPDATE attended_sale SET enrolment_id = NULL WHERE order_id = %s", [order.id])
