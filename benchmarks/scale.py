"""The price of a sale as the night goes on, and when many raffles sell at once.

Growth: the sale's rate in a raffle that has sold a thousand orders, against the rate in one that has sold a
hundred thousand and in one that has sold millions, each alone in a database of its own and loaded past
nothing: every constraint holds for what is there.  Rounds of the three alternate.  Leasing a block is timed
beside it, since it looks for one with room among the raffle's, all of which are sold out.
Raffles: 32 clients that sell in 32 raffles, against 32 clients in one.  `--orders N` is the largest number of
orders (default five million); `--list` names the figures.
"""

import argparse
import sys
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src" / "python"))

from benchmarks.figures import Figure, conclude
from benchmarks.sale import CLIENTS, Bench
from riff.adapters.postgres import PostgresTransactions
from riff.domain.raffles.raffle import Raffle
from tests.support.builders import a_lease_request, a_raffle
from tests.support.builders.raffles import FAR_CLOSE
from tests.support.postgres import Cluster, MigratedDatabase, migrated_database, running_cluster
from tests.support.seeding import stores_of

FIGURES: Final = ("growth.1e5", "growth.most", "lease.most", "raffles.32")
LEAST_GROWTH: Final = 0.80
LEAST_RAFFLES: Final = 0.80
MOST_LEASE: Final = 1.5
SMALL: Final = 1_000
MIDDLE: Final = 100_000
MOST: Final = 5_000_000
ROUNDS: Final = 7
SLOTS: Final = 1_000_000_000
PER_BLOCK: Final = 200
NUMBERS: Final = 5
LEASES: Final = 20

# Blocks of a thousand slots, each sold to its end in orders of five, with every event of the block's stream.
_FILL: Final = (
    """
    INSERT INTO block (id, raffle_id, raffle_ordinal, tag, channel, range_first, range_end, first_slot,
        end_slot)
    SELECT uuidv7(), id, ordinal, tag, 'online', 0, %(slots)s, tag * 1000, tag * 1000 + 1000
    FROM raffle, generate_series(0, %(blocks)s - 1) AS tag WHERE id = %(raffle_id)s
    """,
    """
    INSERT INTO block_sales (block_id, block_number, raffle_id, channel, first_slot, end_slot, unsold, room,
        valid_orders, valid_numbers, valid_minor, holder, lease_expires_at, sell_until)
    SELECT id, number, raffle_id, channel, first_slot, end_slot, 0, 0, 200, 1000, 400000, NULL, now(),
        %(close)s
    FROM block
    """,
    """
    UPDATE channel_range SET next_slot = %(blocks)s * 1000, blocks = %(blocks)s
    WHERE raffle_id = %(raffle_id)s
    """,
    """
    INSERT INTO sold_order (price_minor, sold_at, block_number, first_slot, end_slot, block_end, previous_end,
        opened_block, id, package_id, seller)
    SELECT 2000, now(), number, first_slot + 5 * n, first_slot + 5 * n + 5, end_slot,
        CASE WHEN n > 0 THEN first_slot + 5 * n END, CASE n WHEN 0 THEN number END, uuidv7(), raffle_id,
        'processor payments'
    FROM block, generate_series(0, 199) AS n
    """,
    """
    INSERT INTO significant_event (stream, sequence, kind, occurred_at, record, digest)
    SELECT id, n, 'SAL-0210', now(), %(record)s, sha256('d') FROM block, generate_series(1, 201) AS n
    """,
)
_RECORD: Final = "{" + 340 * "x" + "}"


def main() -> int:
    """Measure, print, and tell by the exit status whether every target is met."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--list", action="store_true", help="name the figures, measure nothing")
    parser.add_argument("--orders", type=int, default=MOST, metavar="N", help="default: %(default)s")
    given = parser.parse_args()
    if given.list:
        print(*FIGURES, sep="\n")
        return 0
    with running_cluster("-c", "shared_buffers=1GB", "-c", "max_wal_size=8GB") as cluster:
        raffles = _raffles(cluster)
        middle, most, lease = _growth(cluster, (SMALL, MIDDLE, given.orders))
    return conclude(
        Figure("growth.1e5", middle, LEAST_GROWTH),
        Figure("growth.most", most, LEAST_GROWTH),
        Figure("lease.most", lease, MOST_LEASE, at_most=True),
        Figure("raffles.32", raffles, LEAST_RAFFLES),
    )


def _raffles(cluster: Cluster) -> float:
    """The rate of 32 raffles over the rate of one."""
    with migrated_database(cluster, "riff_raffles") as database, stores_of(database) as stores:
        made = [stores.raffle(a_raffle().active().with_slots(online=SLOTS)) for _ in range(CLIENTS)]
        one, many = Bench(database, made[0]), Bench(database, *made)
        rates: list[tuple[float, float]] = [(one.sell(CLIENTS), many.sell(CLIENTS)) for _ in range(ROUNDS)]
    single, several = (median(column) for column in zip(*rates, strict=True))
    print(f"1 raffle, {CLIENTS} clients   {single:8,.0f}/s")
    print(f"{CLIENTS} raffles, {CLIENTS} clients {several:8,.0f}/s")
    return float(several / single)


def _growth(cluster: Cluster, sizes: tuple[int, int, int]) -> tuple[float, float, float]:
    """The rates at the second and the third size, and the time of a lease at the third, over the first's."""
    with ExitStack() as stack:
        benches: list[Bench] = []
        leases: list[float] = []
        for number, orders in enumerate(sizes):
            database = stack.enter_context(migrated_database(cluster, f"riff_growth_{number}"))
            stores = stack.enter_context(stores_of(database))
            raffle = stores.raffle(a_raffle().active().with_slots(online=SLOTS))
            _fill(database, raffle, orders)
            leases.append(_lease_ms(database, raffle))
            print(f"{orders:>9,} orders sold: leasing a block takes {leases[-1]:.2f} ms")
            benches.append(Bench(database, raffle))
        rounds = [[bench.sell(8) for bench in benches] for _ in range(ROUNDS)]
    rates = [median(column) for column in zip(*rounds, strict=True)]
    for orders, rate in zip(sizes, rates, strict=True):
        print(f"{orders:>9,} orders sold: {rate:8,.0f} sales/s, 8 clients")
    return rates[1] / rates[0], rates[2] / rates[0], leases[2] / leases[0]


def _fill(database: MigratedDatabase, raffle: Raffle, orders: int) -> None:
    started = perf_counter()
    values = {
        "raffle_id": raffle.id,
        "blocks": orders // PER_BLOCK,
        "slots": SLOTS,
        "close": FAR_CLOSE,
        "record": _RECORD,
    }
    with database.superuser() as connection:
        for statement in _FILL:
            connection.execute(statement, values)
        connection.execute("VACUUM (ANALYZE)")
        connection.execute("CHECKPOINT")
    print(f"{orders:>9,} orders loaded in {perf_counter() - started:.0f} s")


def _lease_ms(database: MigratedDatabase, raffle: Raffle) -> float:
    """The median time of leasing a new block, transaction and all."""
    times = []
    opened = database.open("riff_critical")
    for number in range(LEASES):
        started = perf_counter()
        with PostgresTransactions(opened).begin() as work:
            request = a_lease_request(raffle.id, f"timed-{number}", expires_at=FAR_CLOSE)
            lease = work.blocks.lease(request)
        times.append(perf_counter() - started)
        with PostgresTransactions(opened).begin() as work:
            work.blocks.release(lease, FAR_CLOSE)
    opened.close()
    return 1000 * median(times)


if __name__ == "__main__":
    sys.exit(main())
