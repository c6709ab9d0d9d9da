"""The restore drill: a copy that was taken while people bought is put up elsewhere, and sales go on in it."""

import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.support.books import discrepancies
from tests.support.builders import a_package, a_raffle
from tests.support.contracts import Stores
from tests.support.fakes import FakePayments
from tests.support.postgres import FAST, Cluster, MigratedDatabase
from tests.support.sellers import Environment, at_once


def _copied(source: Cluster, home: Path) -> Cluster:
    """A base backup of a running server, in a folder of its own; orders may be sold meanwhile."""
    with source.connect("postgres") as connection:
        connection.execute("SELECT pg_backup_start('drill', fast => true)")
        shutil.copytree(
            source.home / "data",
            home / "data",
            # What belongs to the running server alone; its log of changes is copied at the end.
            ignore=shutil.ignore_patterns("postmaster.*", "pg_wal"),
        )
        label = connection.execute(
            "SELECT labelfile FROM pg_backup_stop(wait_for_archive => false)"
        ).fetchone()
    assert label is not None
    (home / "data" / "backup_label").write_text(label[0])
    shutil.copytree(source.home / "data" / "pg_wal", home / "data" / "pg_wal")
    (home / "data").chmod(0o700)
    return Cluster(home, FAST)


@pytest.fixture
def home() -> Iterator[Path]:
    """Where the copy is put up: a short path, since a socket's name has a limit."""
    folder = Path(tempfile.mkdtemp(prefix="riff-restored-"))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.slow
def test_a_copy_taken_while_people_bought_is_whole_and_goes_on_selling(
    stores: Stores, database: MigratedDatabase, home: Path
) -> None:
    package = a_package(7, 1500)
    raffle = stores.raffle(a_raffle().active().with_packages(package).with_slots(online=100_000))
    payments = FakePayments()

    def sell(where: MigratedDatabase, seller: str, count: int) -> int:
        environment = Environment.started(where, payments)
        bought = [environment.buy(raffle.id, package.id, f"{seller}-{number}") for number in range(count)]
        environment.connection.close()
        return sum(order.ticket is not None for order in bought)

    before = at_once(lambda number: sell(database, f"before-{number}", 20), range(4))
    copies: list[Cluster] = []

    def meanwhile(number: int) -> int:
        if number == 0:
            copies.append(_copied(database.cluster, home))
            return 0
        return sell(database, f"during-{number}", 20)

    at_once(meanwhile, range(4))
    (restored,) = copies
    restored.take_over()
    restored.start()
    try:
        there = MigratedDatabase(restored, database.name)
        with there.superuser() as connection:
            assert discrepancies(connection, raffle.id) == []
            (kept,) = connection.execute("SELECT count(*) FROM sold_order").fetchall()[0]
        assert kept >= sum(before) == 80
        with (
            there.connect("riff_business") as connection,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            connection.execute("DELETE FROM significant_event")
        assert at_once(lambda number: sell(there, f"after-{number}", 10), range(4)) == [10] * 4
        with there.superuser() as connection:
            assert discrepancies(connection, raffle.id) == []
    finally:
        restored.stop(signal.SIGQUIT)
