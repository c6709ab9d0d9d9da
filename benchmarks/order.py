"""What one online order costs: round trips to the database, its time there, disk and log.

An environment of the online channel buys as its functions do, through the use case and the adapter, on a
database whose commits reach the disk; only the payment processor is in memory.  Round trips are the
executions that wait for an answer, commits included; they are what distance costs, and no machine is too
noisy to count them.  Time is what the environment waits for the database.  Bytes are those of all tables and
indexes, and of the write-ahead log.  docs/capacity.md reckons with these figures.  `--list` names them.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Final, LiteralString

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src" / "python"))

import psycopg
from psycopg.rows import DictRow, TupleRow

from benchmarks.figures import Figure, conclude
from riff.adapters.postgres import Database
from riff.adapters.postgres.connection import Parameters
from riff.domain.identifiers import PackageId
from riff.domain.raffles.raffle import Raffle
from tests.support.builders import a_package, a_raffle
from tests.support.contracts import Stores
from tests.support.fakes import FakePayments
from tests.support.postgres import MigratedDatabase, migrated_database, running_cluster
from tests.support.seeding import stores_of
from tests.support.sellers import Environment

FIGURES: Final = ("order.round_trips", "order.disk", "order.log")
MOST_ROUND_TRIPS: Final = 16
MOST_DISK_KB: Final = 2.5
MOST_LOG_KB: Final = 4
WARM: Final = 50
ORDERS: Final = 1_000

_DISK: Final = """
    SELECT sum(pg_total_relation_size(oid))::bigint FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
"""
_LOG: Final = "SELECT (pg_current_wal_lsn() - '0/0')::bigint"


class CountingDatabase(Database):
    """The adapter's connection; counts how often and how long it waited."""

    waits = 0
    seconds = 0.0

    def _execute(
        self, statement: LiteralString, parameters: Parameters, *, binary: bool = False
    ) -> "psycopg.Cursor[DictRow]":
        with self._counted():
            return super()._execute(statement, parameters, binary=binary)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """A transaction, whose commit counts too."""
        outermost = not self._in_transaction
        with super().transaction():
            yield
            ended = perf_counter()
        if outermost:
            self.waits += 1
            self.seconds += perf_counter() - ended

    @contextmanager
    def _counted(self) -> Iterator[None]:
        started = perf_counter()
        yield
        self.waits += 1
        self.seconds += perf_counter() - started


def main() -> int:
    """Measure, print, and tell by the exit status whether every target is met."""
    if sys.argv[1:] == ["--list"]:
        print(*FIGURES, sep="\n")
        return 0
    with (
        running_cluster("-c", "shared_buffers=256MB") as cluster,
        migrated_database(cluster, "riff_benchmark") as database,
        stores_of(database) as stores,
    ):
        return _measure(database, stores)


def _measure(database: MigratedDatabase, stores: Stores) -> int:
    package = a_package(5, 1000)
    raffle = stores.raffle(a_raffle().active().with_packages(package).with_slots(online=1_000_000))
    opened = CountingDatabase(database.settings("riff_critical"))
    environment = Environment.started(database, FakePayments(), block_slots=1000, connection=opened)
    with database.superuser() as connection:
        _buy(environment, raffle, package.id, "warm", WARM)
        before = [_number(connection, query) for query in (_DISK, _LOG)]
        opened.waits, opened.seconds = 0, 0.0
        started = perf_counter()
        _buy(environment, raffle, package.id, "counted", ORDERS)
        elapsed = perf_counter() - started
        after = [_number(connection, query) for query in (_DISK, _LOG)]
    opened.close()
    disk, log = ((new - old) / ORDERS for new, old in zip(after, before, strict=True))
    trips, waited = opened.waits / ORDERS, 1000 * opened.seconds / ORDERS
    print(f"{ORDERS / elapsed:8.0f} orders/s by one environment, {1000 * elapsed / ORDERS:.2f} ms each")
    print(f"{waited:8.2f} ms of them waiting for the database, in {trips:.2f} round trips")
    print(f"{disk:8.0f} bytes of tables and indexes, {log:.0f} bytes of write-ahead log")
    return conclude(
        Figure("order.round_trips", trips, MOST_ROUND_TRIPS, at_most=True, unit="count"),
        Figure("order.disk", disk / 1024, MOST_DISK_KB, at_most=True, unit="kilobytes"),
        Figure("order.log", log / 1024, MOST_LOG_KB, at_most=True, unit="kilobytes"),
    )


def _buy(environment: Environment, raffle: Raffle, package_id: PackageId, key: str, count: int) -> None:
    for number in range(count):
        bought = environment.buy(raffle.id, package_id, f"{key}-{number}")
        if bought.ticket is None:
            raise RuntimeError("an order got no numbers")


def _number(connection: "psycopg.Connection[TupleRow]", query: LiteralString) -> int:
    row = connection.execute(query).fetchone()
    return int(row[0]) if row else 0


if __name__ == "__main__":
    sys.exit(main())
