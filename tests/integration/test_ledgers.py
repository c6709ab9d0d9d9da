"""Ledgers on a real database: appenders and sellers at once, and what the database refuses to anybody."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import psycopg
import pytest

from riff.adapters.postgres import PostgresTransactions
from riff.domain.raffles.raffle import Raffle
from riff.domain.sales.leased_block import LeasedBlock
from riff.usecases.audit.update_ledger import update_ledger
from riff_critical.ledger import Sale, parse_entry, root
from tests.support.builders import a_sale
from tests.support.contracts import Stores
from tests.support.postgres import MigratedDatabase

SELLERS, APPENDERS, SALES = 4, 3, 40


def _sell_from(database: MigratedDatabase, lease: LeasedBlock) -> None:
    with closing(database.open("riff_critical")) as connection:
        transactions = PostgresTransactions(connection)
        for _ in range(SALES):
            with transactions.begin() as work:
                _, lease = a_sale(work, lease, 5)


def _append(database: MigratedDatabase, raffle: Raffle) -> list[int]:
    with closing(database.open("riff_critical")) as connection:
        transactions = PostgresTransactions(connection)
        sizes = []
        for _ in range(SALES):
            with transactions.begin() as work:
                sizes.append(update_ledger(raffle.id, work).size)
        return sizes


def test_many_appenders_enter_every_sale_once(database: MigratedDatabase, stores: Stores) -> None:
    raffle = stores.raffle()
    leases = [stores.lease(raffle, f"seller-{seller}") for seller in range(SELLERS)]
    assert len({lease.id for lease in leases}) == SELLERS
    with ThreadPoolExecutor(SELLERS + APPENDERS) as pool:
        selling = [pool.submit(_sell_from, database, lease) for lease in leases]
        appending = [pool.submit(_append, database, raffle) for _ in range(APPENDERS)]
        for each in selling:
            each.result()
        grown = [each.result() for each in appending]
    assert all(sizes == sorted(sizes) for sizes in grown)
    with stores.critical.begin() as work:
        head = update_ledger(raffle.id, work)
        entries = list(work.ledger.entries(raffle.id, 0, head.size))
    slots = [record.first for record in map(parse_entry, entries) if isinstance(record, Sale)]
    assert len(slots) == len(set(slots)) == SELLERS * SALES
    assert head.root == root(entries)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_entry SET entry = '{}'",
        "DELETE FROM ledger_entry",
        "UPDATE tree_node SET hashes = hashes",
        "UPDATE ledger_batch SET size = size",
        "DELETE FROM ledger_reading",
        "UPDATE ledger_signature SET payload = payload",
        "DELETE FROM pool_page",
    ],
)
@pytest.mark.parametrize("role", ["riff_reader", "riff_business", "riff_critical"])
def test_nobody_changes_a_ledger(role: str, statement: str, database: MigratedDatabase) -> None:
    with database.connect(role) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(statement.encode())


@pytest.mark.parametrize("role", ["riff_reader", "riff_business"])
def test_only_sellers_and_drawers_append(role: str, database: MigratedDatabase) -> None:
    with database.connect(role) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("INSERT INTO ledger_entry DEFAULT VALUES")
