"""Sealing and drawing two million orders, on a real database, against a minute and 300 MB.

The orders are written with the tables' own constraints, but past the adapter: what is measured begins with
the seal.  Seal: read the orders as a stream, store two pools and their trees, make S.  Draw: read the pools,
let the certified handler draw (packed as for an invocation, and unpacked), verify everything again, record.
Memory is the peak of this process above what it needs for its imports.  `--list` names the figures.
"""

import sys
from pathlib import Path
from time import perf_counter, process_time
from typing import Final
from uuid import UUID

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src" / "python"))

from riff.domain.raffles.profile import DrawMode
from riff.usecases.raffles.close_sales import CloseSales, close_sales
from riff_critical.lifecycle import DrawState
from tests.support.drawing import EARLY, DrawStage, a_drawn_raffle
from tests.support.postgres import FAST, MigratedDatabase, migrated_database, running_cluster
from tests.support.seeding import stores_of

ORDERS: Final = 2_000_000
BLOCKS: Final = 200
NUMBERS: Final = 5
VOID_EACH: Final = 97
SECONDS: Final = 60
MEGABYTES: Final = 300
FIGURES: Final = ("seal.draw.time.2e6", "seal.draw.memory.2e6")

_BLOCKS: Final = """
    WITH cut AS (
        INSERT INTO block (
            id, raffle_id, raffle_ordinal, tag, channel, range_first, range_end, first_slot, end_slot)
        SELECT gen_random_uuid(), raffle.id, raffle.ordinal, tag, channel, part.first_slot, part.end_slot,
            tag * %(slots)s, (tag + 1) * %(slots)s
        FROM raffle JOIN channel_range AS part ON part.raffle_id = raffle.id,
            generate_series(0, %(blocks)s - 1) AS tag
        WHERE raffle.id = %(raffle_id)s
        RETURNING id, number, raffle_id, channel, first_slot, end_slot
    )
    INSERT INTO block_sales (block_id, block_number, raffle_id, channel, first_slot, end_slot, unsold,
        lease_expires_at, sell_until, open)
    SELECT id, number, raffle_id, channel, first_slot, end_slot, 0, now(), now(), false FROM cut
"""
_SOLD: Final = """
    INSERT INTO sold_order (id, block_number, block_end, first_slot, end_slot, previous_end, opened_block,
        price_minor, package_id, seller, sold_at)
    SELECT gen_random_uuid(), number, end_slot, slot, slot + %(numbers)s, nullif(slot, first_slot),
        CASE slot WHEN first_slot THEN number END, 1000, %(package_id)s, 'benchmark',
        %(sold_at)s::timestamptz + (slot - %(half)s) * interval '1 microsecond'
    FROM block, generate_series(first_slot, end_slot - %(numbers)s, %(numbers)s) AS slot
    WHERE raffle_id = %(raffle_id)s
"""
_VOID: Final = """
    INSERT INTO order_void (order_id, reason, voided_by, voided_at)
    SELECT sold_order.id, 'benchmark', 'benchmark', now()
    FROM sold_order JOIN block ON block.number = block_number
    WHERE raffle_id = %(raffle_id)s AND sold_order.first_slot / %(numbers)s %% %(each)s = 0
"""
_TOTALS: Final = """
    UPDATE block_sales SET valid_orders = orders, valid_numbers = orders * %(numbers)s,
        valid_minor = orders * 1000, voided_orders = voids, voided_numbers = voids * %(numbers)s,
        voided_minor = voids * 1000
    FROM (
        SELECT block_number AS number, count(*) FILTER (WHERE order_id IS NULL) AS orders,
            count(order_id) AS voids
        FROM sold_order LEFT JOIN order_void ON order_id = sold_order.id GROUP BY block_number
    ) AS counted
    WHERE counted.number = block_sales.block_number
"""


def main() -> int:
    """Measure, print, and tell by the exit status whether the targets are met."""
    if sys.argv[1:] == ["--list"]:
        print("\n".join(FIGURES))
        return 0
    with (
        running_cluster(*FAST) as cluster,
        migrated_database(cluster, "seal") as database,
        stores_of(database) as stores,
    ):
        builder = a_drawn_raffle().with_slots(online=ORDERS * NUMBERS)
        stage = DrawStage.stored(stores, DrawMode.RNG_ONLY, builder=builder)
        # The ledger of a raffle that was closed is never empty; what was sold is entered while it is sold.
        close_sales(CloseSales(stage.manager, stage.stage.raffle.id, "benchmark"), stage.fakes.services)
        _fill(database, stage.stage.raffle.id, stage.stage.package.id)
        stage.reconciled()
        before = _peak_megabytes()
        started, own = perf_counter(), process_time()
        stage.seal_it()
        sealed = perf_counter()
        views = [stage.start(draw) for draw in (1, 2)]
        drawn, own = perf_counter(), process_time() - own
        numbers = [pool.numbers for pool in stage.seal.pools]
    if any(view.state is not DrawState.DRAWN for view in views):
        raise RuntimeError("a draw did not come to an end")
    megabytes = _peak_megabytes() - before
    print(f"{ORDERS:,} orders; {numbers[0]:,} numbers drawn early, {numbers[1]:,} in all")
    print(f"seal {sealed - started:.1f} s, both draws {drawn - sealed:.1f} s, {megabytes:.0f} MB")
    # On a busy machine this says more than the clock: the rest is the database, and waiting.
    print(f"of that, {own:.1f} s of a processor in this process")
    return _told((drawn - started) / SECONDS, megabytes / MEGABYTES)


def _fill(database: MigratedDatabase, raffle_id: UUID, package_id: UUID) -> None:
    values = {
        "raffle_id": raffle_id,
        "package_id": package_id,
        "slots": ORDERS // BLOCKS * NUMBERS,
        "blocks": BLOCKS,
        "numbers": NUMBERS,
        "each": VOID_EACH,
        "half": ORDERS * NUMBERS // 2,
        "sold_at": EARLY,
    }
    with database.superuser() as connection:
        connection.execute("SET session_replication_role = replica")  # foreign keys: nothing is deleted
        for statement in (_BLOCKS, _SOLD, _VOID, _TOTALS, "ANALYZE"):
            connection.execute(statement, values)


def _told(*ratios: float) -> int:
    for name, ratio in zip(FIGURES, ratios, strict=True):
        print(f"{name} ratio={ratio:.2f} target<=1.00 {'ok' if ratio <= 1 else 'missed'}")
    return 0 if all(ratio <= 1 for ratio in ratios) else 1


def _peak_megabytes() -> float:
    """The largest resident memory of this program; `getrusage` would count that of its parent too."""
    status = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in status if line.startswith("VmHWM:")) / 1024


if __name__ == "__main__":
    sys.exit(main())
