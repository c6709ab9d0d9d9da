"""The sale with every guard, against a bare insert of the same row, and against one shared counter.

pgbench runs all of them in one database whose commits reach the disk, in alternating rounds; medians are
compared.  The sale is the adapter's own statement: block, order, significant event.  The bare insert is
prepared, into a table with the columns of an order and a primary key.  The shared counter is the same sale
from one block that every client moves.  Each round is checked: what pgbench counts is what the blocks have
sold.  `--list` names the figures.
"""

import sys
from pathlib import Path
from statistics import median
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src" / "python"))

from benchmarks import pgbench
from riff.adapters.postgres import PostgresTransactions
from riff.adapters.postgres.orders import _SELL
from riff.domain.audit.event_catalogue import EventKind
from riff.domain.raffles.raffle import Raffle
from tests.support.builders import a_lease_request, a_raffle
from tests.support.builders.raffles import FAR_CLOSE
from tests.support.fakes import NOON
from tests.support.postgres import MigratedDatabase, migrated_database, running_cluster
from tests.support.seeding import stores_of

TARGETS: Final = {"sale.8": 0.50, "sale.32": 0.50, "sale.shared.32": 5.0}
ROUNDS: Final = 5
# Sellers stay connected for hours: the second in which 32 of them make their plans should not count for much.
SECONDS: Final = 8
CLIENTS: Final = 32
BLOCK_SLOTS: Final = 1_000_000
_HOLDER: Final = "pgbench"

_BARE_TABLE: Final = """
    CREATE TABLE bare_order (
        price_minor bigint NOT NULL, sold_at timestamptz NOT NULL, block_number integer NOT NULL,
        first_slot integer NOT NULL, end_slot integer NOT NULL, block_end integer NOT NULL,
        previous_end integer, opened_block integer, id uuid PRIMARY KEY, package_id uuid NOT NULL,
        seller text NOT NULL
    )
"""
_BARE: Final = """
    INSERT INTO bare_order (price_minor, sold_at, block_number, first_slot, end_slot, block_end, previous_end,
        opened_block, id, package_id, seller)
    VALUES (%(price_minor)s, %(sold_at)s, 1, %(first_slot)s, %(end_slot)s, 1000000, %(first_slot)s, NULL,
        %(order_id)s, %(package_id)s, %(seller)s)
"""
# The sale of the adapter, but whoever comes takes what follows: no client knows where the block stands.
_SHARED: Final = """
    WITH moved AS (
        UPDATE block_sales
        SET unsold = unsold - 5, valid_numbers = valid_numbers + 5, valid_orders = valid_orders + 1,
            valid_minor = valid_minor + %(price_minor)s
        WHERE block_id = %(block_id)s AND holder = %(holder)s AND open AND unsold >= 5
            AND %(sold_at)s < lease_expires_at AND %(sold_at)s < sell_until AND clock_timestamp() < sell_until
        RETURNING block_number AS number, first_slot, end_slot, (end_slot - unsold)::integer AS following,
            valid_orders AS orders
    ), sold AS (
        INSERT INTO sold_order (id, block_number, block_end, first_slot, end_slot, previous_end, opened_block,
            price_minor, package_id, seller, sold_at)
        SELECT %(order_id)s, number, end_slot, following - 5, following, nullif(following - 5, first_slot),
            CASE following - 5 WHEN first_slot THEN number END, %(price_minor)s, %(package_id)s, %(seller)s,
            %(sold_at)s
        FROM moved
    )
    INSERT INTO significant_event (stream, sequence, kind, occurred_at, record, digest)
    SELECT %(stream)s, orders + 1, %(kind)s, %(sold_at)s, %(record)s, %(digest)s FROM moved
"""

# As long as the record of a real sale.  pgbench takes a colon before a letter or a digit for a variable.
_RECORD: Final = (
    '{"actor": "processor: payments", "at": "2026-05-01T120000.000000Z", "event": "SAL-0210", "facts": '
    '{"currency": "CAD", "end_slot": 100005, "first_slot": 100000, "order": '
    '"0196a000-0000-7000-8000-000000000000", "package": "0196a000-0000-7000-8000-000000000000", '
    '"price": 2000}, "sequence": 20001, "stream": "0196a000-0000-7000-8000-000000000000"}'
)
_DIGEST: Final = "'\\x" + 32 * "ab" + "'::bytea"
_VALUES: Final = {
    "block_id": ":block::uuid",
    "holder": f"'{_HOLDER}'",
    # Names that sort by time, as the system's do; uuidv7() would open a file where the server has no OpenSSL.
    "order_id": "encode(int8send(:time::bigint) || int8send(:random::bigint), 'hex')::uuid",
    "first_slot": ":first::bigint",
    "end_slot": ":end::bigint",
    "price_minor": "2000::bigint",
    "package_id": "'0196a000-0000-7000-8000-000000000000'::uuid",
    "seller": "'processor payments'",
    "sold_at": "'20260501T120000Z'::timestamptz",
    "stream": ":block::uuid",
    "sequence": ":n::bigint + 1",
    "kind": "'SAL-0210'",
    "record": f"'{_RECORD}'",
    "numbers": "5::bigint",
    "opens_block": ":opens_block::boolean",
    "block_end": ":block_end::bigint",
    "unsold": ":unsold::bigint",
    "unsold_after": ":unsold_after::bigint",
    "digest": _DIGEST,
}
_NEXT: Final = r"""
\set first :base + :n * 5
\set end :first + 5
\set n :n + 1
\set time :since + :n
\set random random(1, 9000000000000000000)
"""
_REST: Final = r"""
\set opens_block :n = 1
\set unsold :block_end - :first
\set unsold_after :block_end - :end
"""
# The first transaction of each client finds its block; sequence 1 of a block's stream is its lease.
_FIND_BLOCK: Final = r"""
\if :n = 0
\set number :first_block + :client_id * :apart
SELECT id AS block, first_slot AS base, end_slot AS block_end FROM block WHERE number = :number::integer \gset
\endif
"""
_BARE_SCRIPT: Final = "\\set base :client_id * 1000000" + _NEXT + pgbench.filled(_BARE, _VALUES)
_SALE_SCRIPT: Final = _FIND_BLOCK + _NEXT + _REST + pgbench.filled(_SELL, _VALUES)
_SHARED_SCRIPT: Final = _FIND_BLOCK + _NEXT + pgbench.filled(_SHARED, _VALUES)


def main() -> int:
    """Measure, print, and tell by the exit status whether every target is met."""
    if sys.argv[1:] == ["--list"]:
        print(*TARGETS, sep="\n")
        return 0
    with (
        running_cluster("-c", "shared_buffers=256MB", "-c", "max_wal_size=4GB") as cluster,
        migrated_database(cluster, "riff_benchmark") as database,
        stores_of(database) as stores,
    ):
        raffle = stores.raffle(a_raffle().active().with_slots(online=1_000_000_000))
        with database.superuser() as connection:
            connection.execute(_BARE_TABLE)
            connection.execute("GRANT INSERT ON bare_order TO riff_critical")
        bench = Bench(database, raffle)
        ratios = bench.against_bare(8), bench.against_bare(CLIENTS), bench.against_shared()
    for (figure, target), ratio in zip(TARGETS.items(), ratios, strict=True):
        print(f"{figure} ratio={ratio:.2f} target>={target:.2f} {'ok' if ratio >= target else 'missed'}")
    met = (ratio >= target for ratio, target in zip(ratios, TARGETS.values(), strict=True))
    return 0 if all(met) else 1


class Bench:
    """Rounds on one raffle, or on several in turn; each round of sales gets fresh blocks."""

    def __init__(self, database: MigratedDatabase, *raffles: Raffle) -> None:
        self._database = database
        self._raffles = raffles
        self._round = 0

    def against_bare(self, clients: int) -> float:
        """The sale's rate over the bare insert's."""
        bare, sale = [], []
        for _ in range(ROUNDS):
            bare.append(self._run(_BARE_SCRIPT, clients).rate)
            sale.append(self._sell(_SALE_SCRIPT, clients, apart=1))
        _tell(f"bare insert, {clients} clients", bare)
        _tell(f"sale, {clients} clients", sale)
        return median(sale) / median(bare)

    def against_shared(self) -> float:
        """The sale's rate over that of a shared counter."""
        shared, sale = [], []
        for _ in range(ROUNDS):
            shared.append(self._sell(_SHARED_SCRIPT, CLIENTS, apart=0))
            sale.append(self._sell(_SALE_SCRIPT, CLIENTS, apart=1))
        _tell(f"shared counter, {CLIENTS} clients", shared)
        _tell(f"sale, {CLIENTS} clients", sale)
        return median(sale) / median(shared)

    def sell(self, clients: int) -> float:
        """A round of sales, each client from a block of its own; the rate."""
        return self._sell(_SALE_SCRIPT, clients, apart=1)

    def _sell(self, script: str, clients: int, apart: int) -> float:
        """A round of sales, `apart` blocks from client to client; the rate."""
        first = self._lease()
        load = self._run(script, clients, first_block=first, apart=apart)
        sold = self._sold()
        if load.transactions != sold:
            raise RuntimeError(f"pgbench counts {load.transactions} sales, the blocks {sold}")
        return load.rate

    def _run(self, script: str, clients: int, **variables: int) -> pgbench.Load:
        """A round of a script; what it names sorts behind what the rounds before have named."""
        self._round += 1
        since = self._round * BLOCK_SLOTS
        return pgbench.run(self._database, script, clients, SECONDS, n=0, since=since, **variables)

    def _lease(self) -> int:
        """Cut the round's blocks, each with the event of its lease, for pgbench; the first one's number."""
        database = self._database.open("riff_critical")
        for number in range(CLIENTS):
            with PostgresTransactions(database).begin() as work:
                lease = work.blocks.lease(
                    a_lease_request(
                        self._raffles[number % len(self._raffles)].id,
                        f"{self._round}-{number}",
                        block_slots=BLOCK_SLOTS,
                        expires_at=FAR_CLOSE,
                    )
                )
                work.events.append(lease.stream, EventKind.BLOCK_LEASED, NOON, "benchmark", {})
        database.close()
        with self._database.superuser() as connection:
            given = connection.execute(
                "UPDATE block_sales SET holder = %s"
                " WHERE valid_orders = 0 AND holder IS NOT NULL RETURNING block_number",
                [_HOLDER],
            )
            return min(int(number) for (number,) in given)

    def _sold(self) -> int:
        """Orders of the round's blocks, which are retired with that."""
        with self._database.superuser() as connection:
            row = connection.execute(
                "WITH retired AS ("
                "UPDATE block_sales SET holder = NULL WHERE holder = %s RETURNING valid_orders"
                ") SELECT coalesce(sum(valid_orders), 0)::bigint FROM retired",
                [_HOLDER],
            ).fetchone()
        return row[0] if row else 0


def _tell(what: str, rates: list[float]) -> None:
    print(f"{what:<28} {median(rates):8,.0f}/s   rounds: {', '.join(f'{rate:,.0f}' for rate in rates)}")


if __name__ == "__main__":
    sys.exit(main())
