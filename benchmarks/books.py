"""What a million orders cost: disk per ticket, jackpot, a winner's order, and the plans of a sale.

A raffle with a million orders of five numbers each, in blocks of a thousand slots, is loaded beside smaller
ones.

Disk: orders, voids and blocks with all indexes, per draw number, against a design with one row per draw
number: (raffle, number, order) with a primary key and an index by order, beside orders that hold the same
facts and the validation number, which that design has to store and to keep unique. Events are left out on
both sides, since both would write the same. Jackpot: the adapter's sum over blocks, against the sum over
the orders that are not void, on one connection, both prepared as the adapter prepares. Lookup: the
adapter's way from a drawn slot to its order, against the sum over the orders before it that a design
without blocks needs; each round draws another slot. Plans: every statement of selling is explained as the
server runs it once it is prepared; a sequential scan of a table that grows is counted. `--list` names the
figures.
"""

import re
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Final, LiteralString

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src" / "python"))

import psycopg
from psycopg.rows import TupleRow

from benchmarks.figures import Figure, conclude
from riff.adapters.postgres import (
    PostgresTransactions,
    allowances,
    audit,
    blocks,
    checkout,
    commands,
    orders,
    raffle_setup,
    raffles,
)
from riff.domain.identifiers import RaffleId
from tests.support.builders import a_raffle
from tests.support.postgres import MigratedDatabase, migrated_database, running_cluster
from tests.support.seeding import stores_of

ORDERS: Final = 1_000_000
NUMBERS: Final = 5
BLOCK_SLOTS: Final = 1000
ROUNDS: Final = 7
LOOKUPS: Final = 50
READS: Final = 20

FIGURES: Final = ("disk.ticket", "jackpot.1e6", "lookup.1e6", "plans.sequential")
GROWING: Final = (
    "raffle",
    "raffle_key",
    "channel_range",
    "package",
    "block",
    "block_sales",
    "sold_order",
    "order_void",
    "checkout",
    "significant_event",
    "allowance",
    "command",
    "price_change",
)
# What the server cannot tell from the statement alone; the adapter sends every integer as these.
INTEGERS: Final = frozenset({"first_slot", "sold", "valid_minor"})
MOST_DISK: Final = 0.25
LEAST_JACKPOT: Final = 100
LEAST_LOOKUP: Final = 1000
HOT_PATH: Final = {
    "find the order of a request": (checkout, "_OPENED_BY"),
    "open an order": (checkout, "_OPEN"),
    "lock an order": (checkout, "_LOCK"),
    "conclude an order": (checkout, "_UPDATE"),
    "read the raffle": (raffles, "_GET"),
    "read the rules": (raffles, "_PROFILE"),
    "read the packages": (raffle_setup, "_PACKAGES"),
    "read the keys": (raffles, "_KEYS"),
    "lock the buyer": (checkout, "_LOCK_BUYER"),
    "read the buyer's purchases": (checkout, "_PURCHASES"),
    "admit a notice": (checkout, "_ADMIT_NOTICE"),
    "lock stock and cap": (allowances, "_LOCK"),
    "take of stock and cap": (allowances, "_UPDATE"),
    "find an answer": (commands, "_FIND"),
    "store an answer": (commands, "_ANSWER"),
    "find a unit's block": (blocks, "_HELD"),
    "hold the raffle": (blocks, "_RAFFLE"),
    "take a block over": (blocks, "_TAKE_OVER"),
    "hold the ranges": (blocks, "_RANGES"),
    "cut a block": (blocks, "_CUT"),
    "end of a stream": (audit, "_HEAD"),
    "append an event": (audit, "_APPEND"),
    "sell": (orders, "_SELL"),
    "read a sale": (orders, "_GET"),
    "find a sale by its validation number": (orders, "_AT"),
    "find a sale by its slot": (orders, "_HOLDING"),
    "find a void": (orders, "_VOID_OF"),
    "void": (orders, "_VOID"),
    "add up the blocks": (blocks, "_SUBTOTAL"),
}

# Loaded past the foreign keys, which hold by construction: a million sales one by one would take minutes.
_LOAD: Final = """
    SET session_replication_role = replica;

    INSERT INTO raffle (id, organization_id, event_number, name, state, currency, opens_at, closes_at,
        numbering, first_number, rule_profile, created_at)
    SELECT uuidv7(), organization_id, 1000000 + n, name, state, currency, opens_at, closes_at, numbering,
        first_number, rule_profile, created_at
    FROM raffle, generate_series(1, 1000) AS n;

    INSERT INTO channel_range (raffle_id, raffle_ordinal, channel, first_slot, end_slot, next_slot)
    SELECT id, ordinal, 'online', 0, 10000000, 0 FROM raffle WHERE event_number > 1000000;

    INSERT INTO raffle_key (raffle_id, validation, numbering)
    SELECT id, sha256('v'), sha256('n') FROM raffle WHERE event_number > 1000000;

    INSERT INTO package (raffle_id, revision, position, id, label, numbers, price_minor, channels)
    SELECT id, 1, 1, uuidv7(), 'five', 5, 2000, '{online}' FROM raffle WHERE event_number > 1000000;

    INSERT INTO allowance (raffle_id, subject, most)
    SELECT id, subject, 1000 FROM raffle, unnest(ARRAY[id, uuidv7()]) AS subject;

    INSERT INTO price_change (raffle_id, package_id, in_force_from, price_minor, changed_by)
    SELECT raffle_id, id, now(), 2100, 'staff kim' FROM package;

    INSERT INTO command (scope, key, digest, status, body)
    SELECT 'sell_tickets staff:kim', n::text, '', 201, '{}' FROM generate_series(1, 10000) AS n;

    INSERT INTO block (id, raffle_id, raffle_ordinal, tag, channel, range_first, range_end, first_slot,
        end_slot)
    SELECT uuidv7(), id, ordinal, tag, 'online', 0, 10000000, tag * 1000, tag * 1000 + 1000
    FROM raffle, generate_series(0, 4999) AS tag
    WHERE event_number < 1000000 OR event_number <= 1000100 AND tag < 250;

    INSERT INTO block_sales (block_id, block_number, raffle_id, channel, first_slot, end_slot, unsold,
        valid_orders, valid_numbers, valid_minor, holder, lease_expires_at, sell_until)
    SELECT id, number, raffle_id, channel, first_slot, end_slot, 0, 200, 1000, 400000, 'loader', now(), now()
    FROM block;

    INSERT INTO checkout (id, raffle_id, package_id, numbers, price_minor, currency, buyer_name,
        buyer_email, request_scope, request_key, request_digest, state, opened_at, expires_at, refund)
    SELECT uuidv7(), raffle_id, raffle_id, 5, 2000, 'CAD', 'Robin', 'robin@example.org', 'guest',
        number::text, '', 'pending', now(), now() + interval '1 hour', 'none'
    FROM block;

    UPDATE checkout SET buyer_key = sha256(id::text::bytea);

    INSERT INTO significant_event (stream, sequence, kind, occurred_at, record, digest)
    SELECT id, n, 'SAL-0210', now(), '{}', sha256('d') FROM block, generate_series(1, 10) AS n;

    INSERT INTO sold_order (price_minor, sold_at, block_number, first_slot, end_slot, block_end, previous_end,
        opened_block, id, package_id, seller)
    SELECT 2000, now(), block.number, first_slot + 5 * n, first_slot + 5 * n + 5, end_slot,
        CASE WHEN n > 0 THEN first_slot + 5 * n END, CASE n WHEN 0 THEN block.number END, uuidv7(), raffle_id,
        'processor payments'
    FROM block JOIN raffle ON raffle.id = raffle_id, generate_series(0, 199) AS n
    WHERE event_number < 1000000;

    INSERT INTO order_void (order_id, reason, voided_by, voided_at)
    SELECT id, 'bought twice', 'staff:kim', now() FROM sold_order WHERE first_slot % 5000 = 0;

    CREATE TABLE bare_order (
        price_minor bigint NOT NULL, sold_at timestamptz NOT NULL, id uuid PRIMARY KEY,
        raffle_id uuid NOT NULL, package_id uuid NOT NULL, seller text NOT NULL,
        validation_number text NOT NULL UNIQUE
    );
    INSERT INTO bare_order (price_minor, sold_at, id, raffle_id, package_id, seller, validation_number)
    SELECT price_minor, sold_at, sold_order.id, raffle_id, package_id, seller,
        left(upper(md5(sold_order.id::text)), 14)
    FROM sold_order JOIN block ON number = block_number;

    CREATE TABLE bare_ticket (
        raffle_id uuid NOT NULL, number integer NOT NULL, order_id uuid NOT NULL,
        PRIMARY KEY (raffle_id, number)
    );
    INSERT INTO bare_ticket (raffle_id, number, order_id)
    SELECT raffle_id, slot, sold_order.id
    FROM sold_order JOIN block ON number = block_number,
        generate_series(sold_order.first_slot, sold_order.end_slot - 1) AS slot;
    CREATE INDEX ON bare_ticket (order_id);
"""

_FULL_SUM: Final = """
    SELECT count(*), sum(sold_order.end_slot - sold_order.first_slot), sum(price_minor)
    FROM sold_order JOIN block ON block.number = block_number
    WHERE raffle_id = %(raffle_id)s AND NOT EXISTS (SELECT FROM order_void WHERE order_id = sold_order.id)
"""

# What a design without blocks has to do: a number lies in the first order whose running sum exceeds it.
_WINDOW_SUM: Final = """
    SELECT id FROM (
        SELECT sold_order.id, sum(sold_order.end_slot - sold_order.first_slot)
            OVER (ORDER BY sold_order.block_number, sold_order.first_slot) AS reached
        FROM sold_order JOIN block ON block.number = block_number WHERE raffle_id = %(raffle_id)s
    ) AS counted
    WHERE reached > %(slot)s ORDER BY reached LIMIT 1
"""

_SIZE: Final = """
    SELECT sum(pg_total_relation_size(name::regclass))::float8 FROM unnest(%s::text[]) AS name
"""

_PARAMETER: Final = re.compile(r"%\((\w+)\)s")


def main() -> int:
    """Measure, print, and tell by the exit status whether every target is met."""
    if sys.argv[1:] == ["--list"]:
        print(*FIGURES, sep="\n")
        return 0
    with (
        running_cluster("-c", "shared_buffers=1GB", "-c", "fsync=off", "-c", "max_wal_size=8GB") as cluster,
        migrated_database(cluster, "riff_benchmark") as database,
        stores_of(database) as stores,
        database.superuser() as connection,
    ):
        raffle = stores.raffle(a_raffle().active().with_slots(online=10_000_000))
        connection.execute(_LOAD)
        connection.execute("VACUUM (ANALYZE)")
        scans = _plans(connection)
        disk = _disk(connection)
        jackpot = _jackpot(connection, raffle.id)
        lookup = _lookup(database, raffle.id)
    return conclude(
        Figure("disk.ticket", disk, MOST_DISK, at_most=True),
        Figure("jackpot.1e6", jackpot, LEAST_JACKPOT, digits=0),
        Figure("lookup.1e6", lookup, LEAST_LOOKUP, digits=0),
        Figure("plans.sequential", scans, 0, at_most=True, unit="count", digits=0),
    )


def _disk(connection: "psycopg.Connection[TupleRow]") -> float:
    numbers = ORDERS * NUMBERS
    # The other raffles have blocks too, and no orders.
    part = _count(connection, "SELECT count(DISTINCT block_number) FROM sold_order") / _count(
        connection, "SELECT count(*) FROM block"
    )
    blocks_part = part * _bytes(connection, "block", "block_sales")
    ours = (_bytes(connection, "sold_order", "order_void") + blocks_part) / numbers
    theirs = _bytes(connection, "bare_ticket", "bare_order") / numbers
    print(f"orders and blocks       {ours:6.1f} bytes per draw number, {NUMBERS} numbers per order")
    print(f"one row per draw number {theirs:6.1f} bytes per draw number, and rows of orders")
    return ours / theirs


def _count(connection: "psycopg.Connection[TupleRow]", statement: LiteralString) -> int:
    row = connection.execute(statement).fetchone()
    return int(row[0]) if row else 0


def _bytes(connection: "psycopg.Connection[TupleRow]", *tables: str) -> float:
    row = connection.execute(_SIZE, [list(tables)]).fetchone()
    return float(row[0]) if row else 0.0


def _jackpot(connection: "psycopg.Connection[TupleRow]", raffle_id: RaffleId) -> float:
    def over_blocks() -> None:
        statement = blocks._SUBTOTAL  # noqa: SLF001 - what is measured
        connection.execute(statement, {"raffle_id": raffle_id}, prepare=True).fetchall()

    def over_orders() -> None:
        connection.execute(_FULL_SUM, {"raffle_id": raffle_id}, prepare=True).fetchall()

    ours, theirs = [], []
    for _ in range(ROUNDS):
        # A spectator every other second keeps the plan made and the blocks in memory.
        ours += [_seconds(over_blocks) for _ in range(READS)]
        theirs.append(_seconds(over_orders))
    print(f"jackpot over blocks     {1000 * median(ours):9.2f} ms, {ORDERS * NUMBERS // BLOCK_SLOTS} blocks")
    print(f"jackpot over orders     {1000 * median(theirs):9.2f} ms, {ORDERS} orders")
    return median(theirs) / median(ours)


def _lookup(database: MigratedDatabase, raffle_id: RaffleId) -> float:
    opened = database.open("riff_reader")
    ours, theirs = [], []
    with PostgresTransactions(opened).begin() as work:
        for number in range(ROUNDS * LOOKUPS):
            slot = (number * 104_729 + 7) % (ORDERS * NUMBERS)
            started = perf_counter()
            found = work.orders.holding(raffle_id, slot)
            ours.append(perf_counter() - started)
            if number % LOOKUPS == 0:
                started = perf_counter()
                row = opened.only(_WINDOW_SUM, {"raffle_id": raffle_id, "slot": slot})
                theirs.append(perf_counter() - started)
                if found is None or row["id"] != found.id:
                    raise RuntimeError(f"slot {slot} is in {found and found.id} and in {row['id']}")
    opened.close()
    print(f"winner by block         {1000 * median(ours):9.2f} ms")
    print(f"winner by running sums  {1000 * median(theirs):9.2f} ms, {ORDERS} orders")
    return median(theirs) / median(ours)


def _plans(connection: "psycopg.Connection[TupleRow]") -> int:
    """Print every plan of the hot path; how many scan a growing table from end to end."""
    scans = 0
    for name, (module, constant) in HOT_PATH.items():
        statement = _numbered(vars(module)[constant])
        print(f"\n-- {name}")
        for (line,) in connection.execute(f"EXPLAIN (GENERIC_PLAN, COSTS OFF) {statement}".encode()):
            print(f"   {line}")
            scans += any(f"Seq Scan on {table} " in f"{line} " for table in GROWING)
    print()
    return scans


def _numbered(statement: str) -> str:
    """The statement with the server's own placeholders."""
    names = list(dict.fromkeys(_PARAMETER.findall(statement)))

    def placeholder(match: re.Match[str]) -> str:
        kind = "::bigint" if match[1] in INTEGERS else ""
        return f"${names.index(match[1]) + 1}{kind}"

    return _PARAMETER.sub(placeholder, statement)


def _seconds(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
