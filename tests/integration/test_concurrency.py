"""Many at once: what two transactions may not both do, they do not."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from threading import Event
from uuid import uuid4

import attrs
import pytest

from riff.adapters.postgres import Database, PostgresTransactions
from riff.domain.accounts.actor import Actor, ActorKind, Grant
from riff.domain.audit.event_catalogue import EventKind
from riff.domain.checkout.charge import AdmittedNotice
from riff.domain.checkout.checkout import RequestKey
from riff.domain.identifiers import OrderId, RaffleId, StreamId
from riff.domain.sales.leased_block import LeasedBlock
from riff.domain.sales.sold_order import OrderVoid
from riff.errors import AlreadyVoidedError, LeaseLostError, SalesClosedError
from riff.ports.replies import StoredReply
from riff.ports.stores import Transactions
from riff.usecases.raffles.close_sales import CloseSales, close_sales
from riff_critical.lifecycle import OrderState
from tests.support.books import discrepancies
from tests.support.builders import a_checkout, a_lease_request, a_package, a_raffle, a_sale
from tests.support.builders.raffles import FAR_CLOSE
from tests.support.contracts import Stores
from tests.support.fakes import NOON, FakePayments
from tests.support.postgres import MigratedDatabase
from tests.support.sellers import Environment, at_once

type Connect = Callable[[int], list[Transactions]]

MANAGER = Actor(ActorKind.STAFF, "kim", (Grant("super_admin", None),))


@pytest.fixture(name="connect")
def _connect(database: MigratedDatabase) -> Iterator[Connect]:
    """As many critical functions as a test wants, each on a connection of its own."""
    opened: list[Database] = []

    def connect(count: int) -> list[Transactions]:
        opened.extend(database.open("riff_critical") for _ in range(count))
        return [PostgresTransactions(connection) for connection in opened[-count:]]

    yield connect
    for connection in opened:
        connection.close()


def test_thirty_two_sellers_with_repeated_keys(stores: Stores, database: MigratedDatabase) -> None:
    """One order, one charge and one run of numbers per key, however often and wherever it arrives."""
    package = a_package(7, 1500)
    raffle = stores.raffle(a_raffle().active().with_packages(package).with_slots(online=100_000))
    payments = FakePayments()
    environments = [Environment.started(database, payments) for _ in range(32)]
    purchases = 25
    # Of every five purchases one repeats a key that another seller gets too.
    keys = [
        [f"shared-{number}" if number % 5 == 0 else f"{seller}-{number}" for number in range(purchases)]
        for seller in range(32)
    ]

    def sell(seller: int) -> list[OrderId]:
        environment = environments[seller]
        orders = [environment.buy(raffle.id, package.id, key) for key in keys[seller]]
        environment.connection.close()
        assert all(order.ticket is not None for order in orders)
        return [order.checkout.id for order in orders]

    sold = at_once(sell, range(32))
    distinct = {key for of_seller in keys for key in of_seller}
    assert len(distinct) == len({order for of_seller in sold for order in of_seller})
    assert len(distinct) == len(payments.charges)
    with stores.reader.begin() as work:
        sales = work.blocks.subtotal(raffle.id)
    assert (len(distinct), 7 * len(distinct)) == (sales.orders, sales.subtotal.sold_slots)
    with database.superuser() as connection:
        assert discrepancies(connection, raffle.id) == []


def test_cuts_blocks_for_many_without_gap(stores: Stores, connect: Connect) -> None:
    raffle = stores.raffle(a_raffle().active().with_slots(online=10_000))

    def lease(seller: Transactions) -> tuple[int, int]:
        with seller.begin() as work:
            leased = work.blocks.lease(a_lease_request(raffle.id, str(uuid4()), block_slots=100))
        return leased.tag, leased.block.first_slot

    assert [(n, 100 * n) for n in range(16)] == sorted(at_once(lease, connect(16)))


@pytest.mark.parametrize("attempt", range(5))
def test_one_of_two_takes_over_an_expired_lease(stores: Stores, connect: Connect, attempt: int) -> None:
    raffle = stores.raffle()
    expired = stores.lease(raffle, f"environment-{attempt}")

    def lease(seller: Transactions) -> LeasedBlock:
        request = a_lease_request(raffle.id, str(uuid4()), at=expired.expires_at, expires_at=FAR_CLOSE)
        with seller.begin() as work:
            leased = work.blocks.lease(request)
            a_sale(work, leased)
        return leased

    assert sorted(leased.tag for leased in at_once(lease, connect(2))) == [0, 1]


def test_sells_a_slot_once_to_two_copies_of_a_lease(stores: Stores, connect: Connect) -> None:
    """Two processes that both believe to hold the lease."""
    raffle = stores.raffle()
    lease = stores.lease(raffle)

    def sell(seller: Transactions) -> bool:
        try:
            with seller.begin() as work:
                a_sale(work, lease)
        except LeaseLostError:
            return False
        return True

    assert sorted(at_once(sell, connect(8))) == [False] * 7 + [True]


def test_sells_nothing_after_the_close_has_committed(stores: Stores, database: MigratedDatabase) -> None:
    package = a_package(3, 1000)
    raffle = stores.raffle(a_raffle().active().with_packages(package))
    payments = FakePayments()
    closing = Event()

    def sell(seller: int) -> None:
        environment = Environment.started(database, payments)
        for number in range(10_000):
            try:
                state = environment.buy(raffle.id, package.id, f"{seller}-{number}").checkout.state
            except SalesClosedError:
                break
            assert state is OrderState.PAID or closing.is_set()
        else:
            pytest.fail("sold on and on after the close")
        environment.connection.close()

    def close(_: int) -> None:
        environment = Environment.started(database, payments)
        while _orders(stores, raffle.id) < 50:
            pass
        closing.set()
        close_sales(CloseSales(MANAGER, raffle.id, "the third period is over"), environment.services)
        sold.append(_orders(stores, raffle.id))
        environment.connection.close()

    sold: list[int] = []
    at_once(lambda n: close(n) if n == 0 else sell(n), range(9))
    assert sold == [_orders(stores, raffle.id)]
    with database.superuser() as connection:
        assert discrepancies(connection, raffle.id) == []
        recorded = connection.execute(
            "SELECT record::jsonb -> 'facts' -> 'orders' FROM significant_event"
            " WHERE stream = %s AND kind = %s",
            [raffle.id, EventKind.SALES_CLOSED.value],
        ).fetchall()
    assert recorded == [(sold[0],)]


def test_appends_to_a_stream_one_at_a_time(connect: Connect) -> None:
    stream = StreamId(uuid4())

    def append(writer: Transactions) -> list[int]:
        sequences = []
        for _ in range(10):
            with writer.begin() as work:
                sequences.append(
                    work.events.append(stream, EventKind.RAFFLE_CREATED, NOON, "staff:kim", {}).sequence
                )
        return sequences

    written = at_once(append, connect(8))
    assert list(range(1, 81)) == sorted(sequence for of_writer in written for sequence in of_writer)


def test_answers_a_command_once(connect: Connect) -> None:
    """The second caller waits for the first one's transaction and is told the same."""
    request = RequestKey("close_sales:staff:kim", str(uuid4()), b"d" * 32)

    def command(caller: tuple[Transactions, str]) -> StoredReply:
        transactions, body = caller
        with transactions.begin() as work:
            known = work.commands.claim(request, NOON)
            if known is not None:
                return known
            work.commands.answer(request, StoredReply(200, body))
        return StoredReply(200, body)

    replies = at_once(command, list(zip(connect(8), "abcdefgh", strict=True)))
    assert len(set(replies)) == 1


def test_opens_an_online_order_once(stores: Stores, connect: Connect) -> None:
    first = a_checkout(stores.raffle().id)

    def opened(buyer: Transactions) -> OrderId:
        with buyer.begin() as work:
            return work.checkouts.open(attrs.evolve(first, id=OrderId(uuid4()))).id

    assert len(set(at_once(opened, connect(8)))) == 1


def test_admits_a_notice_once(stores: Stores, connect: Connect) -> None:
    checkout = a_checkout(stores.raffle().id)
    notice = AdmittedNotice(str(uuid4()), checkout.id, "succeeded", NOON)
    with stores.critical.begin() as work:
        work.checkouts.open(checkout)

    def admit(receiver: Transactions) -> bool:
        with receiver.begin() as work:
            return work.checkouts.admit_notice(notice)

    assert sorted(at_once(admit, connect(8))) == [False] * 7 + [True]


def test_voids_an_order_once(stores: Stores, connect: Connect, database: MigratedDatabase) -> None:
    raffle = stores.raffle()
    with stores.critical.begin() as work:
        order, _ = a_sale(work, work.blocks.lease(a_lease_request(raffle.id)))

    def void(official: Transactions) -> bool:
        try:
            with official.begin() as work:
                work.orders.void(order, OrderVoid(order.id, "bought twice", "staff:kim", NOON))
        except AlreadyVoidedError:
            return False
        return True

    assert sorted(at_once(void, connect(8))) == [False] * 7 + [True]
    with database.superuser() as connection:
        blocks = connection.execute("SELECT voided_orders FROM block_sales WHERE raffle_id = %s", [raffle.id])
        assert blocks.fetchall() == [(1,)]


def test_numbers_events_of_an_organization_without_gap(stores: Stores, database: MigratedDatabase) -> None:
    organization = stores.organization()

    def take(_: int) -> int:
        connection = database.open("riff_business")
        with PostgresTransactions(connection).begin() as work:
            number = work.raffles.take_event_number(organization.id)
        connection.close()
        return number

    assert list(range(1, 9)) == sorted(at_once(take, range(8)))


def test_sells_nothing_after_the_close_by_a_slow_clock(stores: Stores) -> None:
    """The database's own clock has the last word on the close."""
    closes_at = datetime.now(UTC) - timedelta(seconds=1)
    raffle = stores.raffle(a_raffle().active().on_sale(closes_at - timedelta(hours=1), closes_at))
    slow = closes_at - timedelta(seconds=9)
    lease = stores.lease(raffle, at=slow, expires_at=slow + timedelta(minutes=15))
    with stores.critical.begin() as work, pytest.raises(LeaseLostError):
        a_sale(work, lease, sold_at=slow)


def _orders(stores: Stores, raffle_id: RaffleId) -> int:
    with stores.reader.begin() as work:
        return work.blocks.subtotal(raffle_id).orders
