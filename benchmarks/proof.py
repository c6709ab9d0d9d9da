"""Filling a ledger with a million sales, and proving a ticket in it, against showing the ticket.

The sales are written past the adapter, with the events of their blocks' streams, chained as sellers chain
them.  Entering: one transaction reads all of them, a backlog that the minute's job never meets, and writes
entries and tree; its rate is compared with that of one seller who sells one order after the other on the same
server, and its memory is the peak of this process above what it held before.  Proving: after the seal,
tickets picked at random are shown and proved in turn, by the use cases on a real database; the medians are
compared.  Then every batch is signed, as the minute's job would have done, and they are asked again: now each
proof also connects the state that its buyer may have kept with the sealed one.
`--orders N` is how many; `--list` names the figures.
"""

import argparse
import random
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Final
from uuid import UUID

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src" / "python"))

from benchmarks.figures import Figure, conclude
from riff.domain.audit.event_catalogue import EventKind
from riff.domain.audit.significant_event import Fact, StreamHead, next_event
from riff.domain.identifiers import OrderId, StreamId
from riff.domain.raffles.profile import DrawMode
from riff.domain.sales.ticket import ticket_of
from riff.usecases.audit.sign_checkpoint import sign_checkpoint
from riff.usecases.audit.update_ledger import update_ledger
from riff.usecases.public.prove_ticket import ProveTicket, prove_ticket
from riff.usecases.public.show_ticket import ShowTicket, show_ticket
from riff.usecases.raffles.close_sales import CloseSales, close_sales
from tests.support.builders import a_sale
from tests.support.contracts import Stores
from tests.support.drawing import DrawStage, a_drawn_raffle
from tests.support.fakes import NOON
from tests.support.postgres import FAST, MigratedDatabase, migrated_database, running_cluster
from tests.support.seeding import stores_of

ORDERS: Final = 1_000_000
NUMBERS: Final = 5
PER_BLOCK: Final = 200
TICKETS: Final = 300
SALES: Final = 1000
FIGURES: Final = ("proof.1e6", "proof.connected.1e6", "ledger.enter", "ledger.memory")

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
        lease_expires_at, sell_until, open, valid_orders, valid_numbers, valid_minor)
    SELECT id, number, raffle_id, channel, first_slot, end_slot, 0, now(), now(), false, %(orders)s,
        %(slots)s, %(orders)s * 1000
    FROM cut
"""
_SOLD: Final = """
    COPY sold_order (id, block_number, block_end, first_slot, end_slot, previous_end, opened_block,
        price_minor, package_id, seller, sold_at) FROM STDIN
"""
_EVENTS: Final = """
    COPY significant_event (stream, sequence, kind, occurred_at, record, digest) FROM STDIN
"""


def main() -> int:
    """Measure, print, and tell by the exit status whether the targets are met."""
    options = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    options.add_argument("--orders", type=int, default=ORDERS)
    options.add_argument("--list", action="store_true")
    chosen = options.parse_args()
    if chosen.list:
        print("\n".join(FIGURES))
        return 0
    with (
        running_cluster(*FAST) as cluster,
        migrated_database(cluster, "proof") as database,
        stores_of(database) as stores,
    ):
        orders = chosen.orders // PER_BLOCK * PER_BLOCK
        builder = a_drawn_raffle().with_slots(online=orders * NUMBERS)
        draws = DrawStage.stored(stores, DrawMode.RNG_ONLY, builder=builder)
        sold = _filled(database, draws, orders)
        rate, megabytes = _entered(draws, orders)
        selling = _selling(stores)
        print(f"{rate:,.0f} entries a second; one seller sells {selling:,.0f} orders a second")
        close_sales(CloseSales(draws.manager, draws.stage.raffle.id, "benchmark"), draws.fakes.services)
        draws.reconciled()
        draws.seal_it()
        tried = random.Random(1).sample(sold, TICKETS)  # noqa: S311 - which are tried
        sealed = _asked(database, draws, tried)
        _sign(database, draws)
        connected = _asked(database, draws, tried)
    return conclude(
        Figure(FIGURES[0], sealed, 3, at_most=True),
        Figure(FIGURES[1], connected, 3, at_most=True),
        Figure(FIGURES[2], rate / selling, 2),
        Figure(FIGURES[3], megabytes, 100, at_most=True, unit="MB", digits=0),
    )


def _filled(database: MigratedDatabase, draws: DrawStage, orders: int) -> list[UUID]:
    """Sell everything; the names of the orders."""
    raffle_id, package_id = draws.stage.raffle.id, draws.stage.package.id
    blocks = orders // PER_BLOCK
    sizes = {"slots": PER_BLOCK * NUMBERS, "blocks": blocks, "orders": PER_BLOCK, "raffle_id": raffle_id}
    names: list[UUID] = []
    with database.superuser() as connection:
        connection.execute("SET session_replication_role = replica")  # foreign keys: nothing is deleted
        connection.execute(_BLOCKS, sizes)
        found = connection.execute(
            "SELECT id, number, first_slot, end_slot FROM block WHERE raffle_id = %s ORDER BY tag",
            [raffle_id],
        ).fetchall()
        events = []
        with connection.cursor() as cursor, cursor.copy(_SOLD) as copy:
            for block in found:
                for order, event in _sold(block, package_id):
                    copy.write_row(order)
                    names.append(order[0])
                    events.append(event)
        with connection.cursor() as cursor, cursor.copy(_EVENTS) as copy:
            for event in events:
                copy.write_row(event)
        connection.execute("ANALYZE")
    return names


def _sold(
    block: tuple[UUID, int, int, int], package_id: UUID
) -> Iterator[tuple[tuple[UUID, object, object], tuple[object, ...]]]:
    """The orders of a block, and their events, one after the other."""
    block_id, number, first, end = block
    head = StreamHead()
    for slot in range(first, end, NUMBERS):
        order_id = UUID(int=slot << 80 | 0x7 << 76 | 0b10 << 62 | number)
        at = NOON + timedelta(milliseconds=slot)
        facts: dict[str, Fact] = {
            "order": str(order_id),
            "first_slot": slot,
            "end_slot": slot + NUMBERS,
            "package": str(package_id),
            "price": 1000,
            "currency": "CAD",
        }
        actor = "processor:payments"
        event = next_event(head, StreamId(block_id), EventKind.ORDER_SOLD, at, actor, facts)
        head = event.head
        opened = number if slot == first else None
        previous = None if slot == first else slot
        order = (order_id, number, end, slot, slot + NUMBERS, previous, opened, 1000, package_id, actor, at)
        row = (block_id, event.sequence, event.kind.value, at, event.record.decode(), event.digest)
        yield order, row  # type: ignore[misc] # the first is the order's name


def _entered(draws: DrawStage, orders: int) -> tuple[float, float]:
    """Entries a second, and megabytes beside what this program held before."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the peak so far is forgotten
    before = _peak_megabytes()
    started = perf_counter()
    with draws.fakes.transactions.begin() as work:
        head = update_ledger(draws.stage.raffle.id, work)
    seconds = perf_counter() - started
    megabytes = _peak_megabytes() - before
    print(f"{head.size:,} entries in {seconds:.1f} s, {megabytes:.0f} MB")
    if head.size < orders:
        raise RuntimeError("not every sale was entered")
    return head.size / seconds, megabytes


def _sign(database: MigratedDatabase, draws: DrawStage) -> None:
    """Sign the state of the ledger after every batch."""
    raffle_id = draws.stage.raffle.id
    with database.superuser() as connection:
        batches = connection.execute("SELECT size FROM ledger_batch WHERE raffle_id = %s", [raffle_id])
        sizes = [size for (size,) in batches]
    for size in sizes:
        sign_checkpoint(raffle_id, size, draws.fakes.services)


def _selling(stores: Stores) -> float:
    """Orders a second that one seller sells, each in a transaction of its own."""
    lease = stores.lease(stores.raffle(), block_slots=SALES * NUMBERS)
    started = perf_counter()
    for _ in range(SALES):
        with stores.critical.begin() as work:
            _, lease = a_sale(work, lease, NUMBERS)
    return SALES / (perf_counter() - started)


def _asked(database: MigratedDatabase, draws: DrawStage, orders: list[UUID]) -> float:
    """How many times as long proving a ticket takes as showing it, by the medians."""
    with database.superuser() as connection:
        connection.execute("ANALYZE")
    raffle_id, services = draws.stage.raffle.id, draws.fakes.services
    with services.transactions.begin() as work:
        raffle, keys = work.raffles.get(raffle_id), work.raffles.keys(raffle_id)
        sold = [work.orders.get(OrderId(order_id)) for order_id in orders]
    shown, proved = [], []
    for number in [ticket_of(order, raffle, keys).validation_number for order in sold]:
        started = perf_counter()
        show_ticket(ShowTicket(raffle_id, number), services)
        between = perf_counter()
        prove_ticket(ProveTicket(raffle_id, number), services)
        shown.append(between - started)
        proved.append(perf_counter() - between)
    show, prove = median(shown), median(proved)
    print(f"show_ticket {show * 1e3:.2f} ms, prove_ticket {prove * 1e3:.2f} ms, medians of {len(orders)}")
    return prove / show


def _peak_megabytes() -> float:
    """The largest resident memory of this program since it was last forgotten."""
    status = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in status if line.startswith("VmHWM:")) / 1024


if __name__ == "__main__":
    sys.exit(main())
