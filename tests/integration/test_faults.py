"""Faults between any two steps: nothing is sold twice, nothing half-sold, and what was acknowledged stays."""

import io
import logging
import signal
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path
from threading import Event
from time import sleep
from uuid import uuid4

import attrs
import pytest

from riff.adapters.postgres import Database, DatabaseSettings, PostgresTransactions
from riff.adapters.postgres.connection import DriverError
from riff.domain.identifiers import OrderId, RaffleId
from riff.domain.raffles.raffle import Raffle
from riff.errors import IntegrityFailureError, NotFoundError, UnavailableError
from riff.handlers._runtime.log import RequestLog
from riff.ports.stores import Work
from riff_critical.lifecycle import OrderState
from tests.support.books import discrepancies
from tests.support.builders import a_checkout, a_lease_request, a_package, a_raffle, a_sale, an_order
from tests.support.builders.sales import sale_event
from tests.support.contracts import Stores
from tests.support.fakes import NOON, FakePayments, Method
from tests.support.postgres import FAST, MigratedDatabase, migrated_database, running_cluster
from tests.support.seeding import stores_of
from tests.support.sellers import Environment, at_once
from tests.support.severing import severed_path

PACKAGE = a_package(5, 1000)


@pytest.fixture(name="raffle")
def _raffle(stores: Stores) -> Raffle:
    return stores.raffle(a_raffle().active().with_packages(PACKAGE))


@pytest.fixture(name="connection")
def _connection(database: MigratedDatabase) -> Iterator[Database]:
    opened = database.open("riff_critical")
    yield opened
    opened.close()


def kill(database: MigratedDatabase, role: str = "riff_critical") -> None:
    """End the server's side of every connection of a role to this database."""
    with database.superuser() as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE usename = %s AND datname = %s",
            [role, database.name],
        )


def orders(stores: Stores, raffle: Raffle) -> int:
    with stores.reader.begin() as work:
        return work.blocks.subtotal(raffle.id).orders


def test_replaces_a_connection_that_broke_while_idle(
    raffle: Raffle, connection: Database, database: MigratedDatabase
) -> None:
    transactions = PostgresTransactions(connection)
    with transactions.begin() as work:
        work.raffles.get(raffle.id)
    kill(database)
    with transactions.begin() as work:
        assert work.raffles.get(raffle.id) == raffle
    kill(database)
    assert transactions.at_once().raffles.get(raffle.id) == raffle


@pytest.mark.parametrize("survived", range(1, 5))
def test_sells_nothing_when_killed_after_any_step(
    stores: Stores, raffle: Raffle, connection: Database, database: MigratedDatabase, survived: int
) -> None:
    """The connection is killed after so many steps of a settlement."""
    transactions = PostgresTransactions(connection)
    checkout = a_checkout(raffle.id)

    def settle() -> None:
        steps: tuple[Callable[[Work], object], ...] = (
            lambda work: work.checkouts.open(checkout),
            lambda work: work.checkouts.lock(checkout.id),
            lambda work: a_sale(work, work.blocks.lease(a_lease_request(raffle.id)), id=checkout.id),
            lambda work: work.checkouts.update(
                attrs.evolve(checkout, state=OrderState.PAID, concluded_at=NOON)
            ),
        )
        with transactions.begin() as work:
            for step in steps[:survived]:
                step(work)
            kill(database)
            for step in steps[survived:]:
                step(work)

    with pytest.raises(UnavailableError):
        settle()
    with transactions.begin() as work, pytest.raises(NotFoundError):
        work.checkouts.get(checkout.id)
    assert orders(stores, raffle) == 0
    with transactions.begin() as work:
        a_sale(work, work.blocks.lease(a_lease_request(raffle.id)))
    assert orders(stores, raffle) == 1


def test_begins_on_another_connection_when_the_one_at_hand_was_killed(
    stores: Stores, raffle: Raffle, connection: Database, database: MigratedDatabase
) -> None:
    """Nothing can have been stored before the first statement, so it is sent again."""
    transactions = PostgresTransactions(connection)
    stores.lease(raffle)
    with transactions.begin() as work:
        kill(database)
        a_sale(work, work.blocks.lease(a_lease_request(raffle.id)))
    assert orders(stores, raffle) == 1


def test_a_transaction_that_asks_nothing_needs_no_server(tmp_path: Path) -> None:
    away = Database(DatabaseSettings(str(tmp_path), 5432, "riff", "riff_critical", "password"))
    with away.transaction():
        pass
    with pytest.raises(UnavailableError), away.transaction():
        away.run("SELECT", {})


def test_does_not_go_on_in_autocommit_when_a_transaction_loses_its_connection(
    raffle: Raffle, connection: Database, database: MigratedDatabase
) -> None:
    """A caller that swallows the error must not write outside of any transaction."""
    transactions = PostgresTransactions(connection)
    checkout = a_checkout(raffle.id)

    def swallow() -> None:
        with transactions.begin() as work:
            work.raffles.get(raffle.id)
            kill(database)
            for step in (lambda: work.raffles.get(raffle.id), lambda: work.checkouts.open(checkout)):
                with suppress(UnavailableError):
                    step()

    with pytest.raises(UnavailableError):
        swallow()
    with transactions.begin() as work, pytest.raises(NotFoundError):
        work.checkouts.get(checkout.id)


@pytest.mark.parametrize("after", [False, True])
def test_repeats_a_purchase_whose_commit_was_lost(
    *, after: bool, stores: Stores, raffle: Raffle, database: MigratedDatabase
) -> None:
    """The buyer's retry finds out: one order and one charge, whether the lost commit was stored or not."""
    payments = FakePayments()
    environment = Environment.started(database, payments)
    key = str(uuid4())
    bought = environment.buy(raffle.id, PACKAGE.id, key, Method.TIMEOUT).checkout

    def settle(transactions: PostgresTransactions) -> None:
        with transactions.begin() as work:
            checkout = work.checkouts.lock(bought.id)
            order, _ = a_sale(work, work.blocks.lease(a_lease_request(raffle.id)), 5, 1000, id=bought.id)
            work.checkouts.update(attrs.evolve(checkout, state=OrderState.PAID, concluded_at=order.sold_at))

    with severed_path(database, b"COMMIT\0", after=after) as settings:
        severed = Database(settings)
        with pytest.raises(UnavailableError, match="unknown"):
            settle(PostgresTransactions(severed))
        severed.close()
    assert orders(stores, raffle) == (1 if after else 0)
    again = environment.buy(raffle.id, PACKAGE.id, key, Method.TIMEOUT)
    assert (OrderState.PAID, bought.id) == (again.checkout.state, again.checkout.id)
    assert again.ticket is not None
    assert (orders(stores, raffle), len(payments.charges)) == (1, 1)
    environment.connection.close()


def test_gives_up_waiting_for_a_lock(stores: Stores, raffle: Raffle, database: MigratedDatabase) -> None:
    checkout = a_checkout(raffle.id)
    with stores.critical.begin() as work:
        work.checkouts.open(checkout)
    impatient = Database(attrs.evolve(database.settings("riff_critical"), lock_timeout_ms=50))
    with stores.critical.begin() as work:
        work.checkouts.lock(checkout.id)
        with pytest.raises(UnavailableError), PostgresTransactions(impatient).begin() as other:
            other.checkouts.lock(checkout.id)
    with PostgresTransactions(impatient).begin() as other:
        assert other.checkouts.lock(checkout.id) == checkout
    impatient.close()


def test_says_so_when_no_connection_is_left(database: MigratedDatabase, raffle: Raffle) -> None:
    with database.superuser() as superuser:
        superuser.execute("ALTER ROLE riff_critical CONNECTION LIMIT 0")
        try:
            turned_away = PostgresTransactions(database.open("riff_critical"))
            with pytest.raises(UnavailableError), turned_away.begin() as work:
                work.raffles.get(raffle.id)
        finally:
            superuser.execute("ALTER ROLE riff_critical CONNECTION LIMIT -1")


def test_says_so_when_the_database_is_away(tmp_path: Path, database: MigratedDatabase) -> None:
    away = Database(attrs.evolve(database.settings("riff_critical"), host=str(tmp_path)))
    with pytest.raises(UnavailableError), PostgresTransactions(away).begin() as work:
        work.staff.find("kim")


def test_breaks_a_deadlock(stores: Stores, raffle: Raffle, database: MigratedDatabase) -> None:
    """Two transactions that lock two orders in opposite order: one is undone, and can be repeated."""
    checkouts = [a_checkout(raffle.id), a_checkout(raffle.id)]
    with stores.critical.begin() as work:
        for checkout in checkouts:
            work.checkouts.open(checkout)
    locked = [Event(), Event()]

    def lock_both(first: int) -> bool:
        opened = database.open("riff_critical")
        try:
            with PostgresTransactions(opened).begin() as work:
                work.checkouts.lock(checkouts[first].id)
                locked[first].set()
                locked[1 - first].wait(5)
                work.checkouts.lock(checkouts[1 - first].id)
        except UnavailableError:
            return False
        finally:
            opened.close()
        return True

    assert sorted(at_once(lock_both, range(2))) == [False, True]


def test_a_sale_that_breaks_the_books_stops_with_an_alarm(raffle: Raffle, stores: Stores) -> None:
    """The same order sold twice is no lost lease: people must look."""
    lease = stores.lease(raffle)
    order = an_order(lease)
    with stores.critical.begin() as work:
        work.orders.sell(order, lease, sale_event(order, lease))
    with stores.critical.begin() as work:
        fresh = work.blocks.lease(a_lease_request(raffle.id))
        again = an_order(fresh, id=order.id)
        with pytest.raises(IntegrityFailureError):
            work.orders.sell(again, fresh, sale_event(again, fresh))
        assert work.orders.get(order.id) == order


def _logged(error: Exception) -> str:
    """The line of the log that a request ends with."""
    own, stream = logging.getLogger("riff"), io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(own.handlers[0].formatter)
    own.addHandler(handler)
    RequestLog("create_online_order", "r-1").write(500, error=error, code="x", replayed=False)
    own.removeHandler(handler)
    return stream.getvalue()


def test_a_refused_row_leaves_its_rule_in_the_log_alone(raffle: Raffle, stores: Stores) -> None:
    overdue = a_checkout(raffle.id, expires_at=NOON)
    with pytest.raises(IntegrityFailureError) as refusal, stores.critical.begin() as work:
        work.checkouts.open(overdue)
    line = _logged(refusal.value)
    assert "CheckViolation, SQLSTATE 23514, constraint checkout_check" in line
    for told in (overdue.buyer.name, overdue.buyer.email, overdue.request.key, "Failing row", "DETAIL"):
        assert told not in line


def test_a_repeated_key_leaves_its_rule_in_the_log_alone(raffle: Raffle, stores: Stores) -> None:
    checkout = a_checkout(raffle.id)
    again = a_checkout(raffle.id, id=checkout.id)
    with stores.critical.begin() as work:
        work.checkouts.open(checkout)
    with pytest.raises(IntegrityFailureError) as refusal, stores.critical.begin() as work:
        work.checkouts.open(again)
    line = _logged(refusal.value)
    assert "UniqueViolation, SQLSTATE 23505, constraint checkout_pkey" in line
    assert str(checkout.id) not in line


def test_a_value_that_is_none_does_not_reach_the_log(connection: Database) -> None:
    buyer = a_checkout(RaffleId(uuid4())).buyer
    with pytest.raises(DriverError) as refusal:
        connection.row("SELECT %(value)s::text::uuid", {"value": buyer.email})
    line = _logged(refusal.value)
    assert "InvalidTextRepresentation, SQLSTATE 22P02" in line
    assert buyer.email not in line


def test_a_server_that_cannot_be_reached_is_named_in_the_log(tmp_path: Path) -> None:
    away = Database(DatabaseSettings(str(tmp_path), 1, "riff", "riff_critical", "hidden"))
    with pytest.raises(UnavailableError) as failure:
        away.row("SELECT 1", {})
    line = _logged(failure.value)
    assert "OperationalError" in line
    assert str(tmp_path) in line
    assert "hidden" not in line


def test_survives_restarts_of_the_database_under_load() -> None:
    """What buyers were told they bought is there; the books add up; selling goes on."""
    with (
        running_cluster(*FAST) as cluster,
        migrated_database(cluster, "riff_restarted") as database,
        stores_of(database) as stores,
    ):
        raffle = stores.raffle(a_raffle().active().with_packages(PACKAGE))
        payments, done = FakePayments(), Event()

        def sell(seller: int) -> list[OrderId]:
            environment, sold = Environment.started(database, payments), []
            for number in count():
                if done.is_set():
                    break
                with suppress(UnavailableError):
                    bought = environment.buy(raffle.id, PACKAGE.id, f"{seller}-{number}")
                    sold.append(bought.checkout.id)
            environment.connection.close()
            return sold

        def restart() -> list[OrderId]:
            for how in (signal.SIGINT, signal.SIGQUIT, signal.SIGQUIT):
                sleep(0.7)
                cluster.stop(how)
                cluster.start()
            sleep(0.7)
            done.set()
            return []

        sold = at_once(lambda seller: sell(seller) if seller else restart(), range(5))
        acknowledged = {order for of_seller in sold for order in of_seller}
        with database.superuser() as connection:
            assert discrepancies(connection, raffle.id) == []
            stored = {name for (name,) in connection.execute("SELECT id FROM sold_order")}
    assert acknowledged <= stored
    assert len(acknowledged) > 20
