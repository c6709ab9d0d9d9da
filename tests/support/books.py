"""An auditor's look at the books of a raffle: everything that must add up, read from the tables."""

import hashlib
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise
from operator import itemgetter

import psycopg
from psycopg.rows import TupleRow

from riff.domain.identifiers import RaffleId
from riff_critical.encoding import frame

_BLOCKS = """
    SELECT block_number, first_slot, end_slot, end_slot - unsold, valid_orders, valid_numbers, valid_minor,
        voided_orders, voided_numbers, voided_minor
    FROM block_sales WHERE raffle_id = %s ORDER BY first_slot
"""

_ORDERS = """
    SELECT block.number, sold_order.first_slot, sold_order.end_slot, price_minor,
        order_void.order_id IS NOT NULL
    FROM sold_order JOIN block ON block.number = sold_order.block_number
        LEFT JOIN order_void ON order_void.order_id = sold_order.id
    WHERE raffle_id = %s ORDER BY sold_order.first_slot
"""

_EVENTS = """
    SELECT stream, sequence, record, digest FROM significant_event ORDER BY stream, sequence
"""

_SALES_WITHOUT_EVENT = """
    SELECT sold_order.id FROM sold_order JOIN block ON block.number = sold_order.block_number
    WHERE raffle_id = %s AND NOT EXISTS (
        SELECT FROM significant_event
        WHERE stream = block.id AND kind = 'SAL-0210'
            AND record::jsonb -> 'facts' ->> 'order' = sold_order.id::text
    )
"""

_CHECKOUTS = """
    SELECT checkout.id, state, sold_order.id IS NOT NULL
    FROM checkout LEFT JOIN sold_order ON sold_order.id = checkout.id WHERE raffle_id = %s
"""


# What is counted of stocks and caps, against the orders for which it was counted.
_STOCKS = """
    SELECT subject, most, taken,
        (SELECT count(*) FROM sold_order WHERE package_id = subject)
            + (SELECT count(*) FROM checkout WHERE package_id = subject AND state = 'pending' AND reserved)
    FROM allowance WHERE raffle_id = %s AND subject <> raffle_id
"""

_CAPS = """
    SELECT most, taken,
        (SELECT coalesce(sum(valid_minor), 0) FROM block_sales WHERE block_sales.raffle_id = subject)
            + (SELECT coalesce(sum(price_minor), 0) FROM checkout
                WHERE checkout.raffle_id = subject AND state = 'pending' AND reserved)
    FROM allowance WHERE raffle_id = %s AND subject = raffle_id
"""


def discrepancies(connection: "psycopg.Connection[TupleRow]", raffle_id: RaffleId) -> list[str]:
    """Everything in the books of a raffle that does not add up; nothing, if all is well."""
    return [
        *_of_blocks(connection, raffle_id),
        *_of_events(connection),
        *(f"order {name} has no event" for (name,) in connection.execute(_SALES_WITHOUT_EVENT, [raffle_id])),
        *_of_checkouts(connection, raffle_id),
        *_of_allowances(connection, raffle_id),
    ]


def _of_blocks(connection: "psycopg.Connection[TupleRow]", raffle_id: RaffleId) -> Iterator[str]:
    blocks = connection.execute(_BLOCKS, [raffle_id]).fetchall()
    orders = {
        number: list(rows)
        for number, rows in groupby(connection.execute(_ORDERS, [raffle_id]).fetchall(), itemgetter(0))
    }
    for before, after in pairwise(blocks):
        if before[2] > after[1]:
            yield f"block {before[0]} overlaps block {after[0]}"
    for number, first, _, following, *subtotals in blocks:
        sold = orders.pop(number, [])
        slots = [first, *(end for _, _, end, _, _ in sold)]
        if [start for _, start, _, _, _ in sold] != slots[:-1] or slots[-1] != following:
            yield f"block {number}: its orders are no chain from {first} to {following}"
        counted = [*_sums(row for row in sold if not row[4]), *_sums(row for row in sold if row[4])]
        if counted != subtotals:
            yield f"block {number}: its subtotals are {subtotals}, its orders add up to {counted}"
    yield from (f"orders outside any block: {number}" for number in orders)


def _sums(orders: Iterable[TupleRow]) -> tuple[int, int, int]:
    rows = list(orders)
    return len(rows), sum(row[2] - row[1] for row in rows), sum(row[3] for row in rows)


def _of_events(connection: "psycopg.Connection[TupleRow]") -> Iterator[str]:
    for stream, events in groupby(connection.execute(_EVENTS).fetchall(), itemgetter(0)):
        head = b""
        for expected, (_, sequence, record, digest) in enumerate(events, start=1):
            computed = hashlib.sha256(frame("riff.event.1", head, record.encode())).digest()
            if (sequence, digest) != (expected, computed):
                yield f"stream {stream} is broken at {sequence}"
            head = digest


def _of_checkouts(connection: "psycopg.Connection[TupleRow]", raffle_id: RaffleId) -> Iterator[str]:
    for name, state, has_numbers in connection.execute(_CHECKOUTS, [raffle_id]):
        if has_numbers != (state in ("paid", "voided", "refunded")):
            yield f"checkout {name} is {state}, numbers: {has_numbers}"


def _of_allowances(connection: "psycopg.Connection[TupleRow]", raffle_id: RaffleId) -> Iterator[str]:
    for subject, most, taken, counted in connection.execute(_STOCKS, [raffle_id]):
        if taken != counted or taken > most:
            yield f"stock of {subject}: {taken} of {most} taken, {counted} sold or pending"
    for most, taken, counted in connection.execute(_CAPS, [raffle_id]):
        if taken != counted or taken > most:
            yield f"cap: {taken} of {most} taken, {counted} sold or pending"
