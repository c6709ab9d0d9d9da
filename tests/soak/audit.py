"""The audit at the end of a soak: what must hold whatever happened, each with what was found."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import attrs
import psycopg
from psycopg.rows import TupleRow

from riff.domain.identifiers import RaffleId
from tests.support.books import discrepancies
from tests.support.payment_books import payment_discrepancies

type Connection = "psycopg.Connection[TupleRow]"

_BLOCKS = "SELECT coalesce(sum(valid_minor), 0)::bigint FROM block_sales WHERE raffle_id = %s"
_ORDERS = """
    SELECT coalesce(sum(price_minor), 0)::bigint, count(*) FROM sold_order
        JOIN block ON block.number = block_number
        LEFT JOIN order_void ON order_id = sold_order.id
    WHERE raffle_id = %s AND order_id IS NULL
"""
_STATES = "SELECT state, refund, count(*) FROM checkout WHERE raffle_id = %s GROUP BY 1, 2 ORDER BY 1, 2"
_SOLD = "SELECT id FROM sold_order"
_HELD = "SELECT order_id, sum(amount - refunded) FROM charge WHERE status = 'succeeded' GROUP BY order_id"
_TWICE = "SELECT order_id FROM charge WHERE status = 'succeeded' GROUP BY order_id HAVING count(*) > 1"


@attrs.frozen
class Finding:
    """One thing that must hold.

    Attributes:
        claim: what must hold.
        faults: what contradicts it; nothing, if it holds.
        figure: what was compared.
    """

    claim: str
    faults: list[str]
    figure: str = ""

    def line(self) -> str:
        """As it is printed."""
        verdict = "ok" if not self.faults else f"{len(self.faults)} FAULTS, first: {self.faults[0]}"
        return f"  {self.claim:<44} {self.figure:>22}  {verdict}"


def audit(
    connection: Connection, raffle_id: RaffleId, charges: Path, acknowledged: set[UUID], base_minor: int
) -> Iterator[Finding]:
    """Everything that must hold.

    Args:
        connection: of an auditor, to whom nothing is hidden.
        raffle_id: the raffle that sold.
        charges: the processor's own file.
        acknowledged: orders that buyers were told to be paid.
        base_minor: base of the jackpot, as riff computes it.
    """
    faults = discrepancies(connection, raffle_id)
    yield Finding("no overlap of blocks", [fault for fault in faults if "overlap" in fault])
    yield Finding(
        "chains of orders and of events intact", [fault for fault in faults if "overlap" not in fault]
    )
    (blocks,) = _only(connection, _BLOCKS, raffle_id)
    orders, count = _only(connection, _ORDERS, raffle_id)
    sums = [] if blocks == orders == base_minor else [f"{blocks}, {orders} and {base_minor}"]
    yield Finding("sum of blocks = sum of orders = jackpot base", sums, f"{orders} in {count} orders")
    held, twice = _processor(charges)
    yield Finding("one charge per order", [f"order {order} was charged twice" for order in twice])
    money = payment_discrepancies(connection, held)
    yield Finding("charges = orders (+ refunds)", money, str(sum(held.values())))
    stored = {name for (name,) in connection.execute(_SOLD)}
    lost = [f"order {order} was acknowledged and is not stored" for order in acknowledged - stored]
    yield Finding("what was acknowledged is stored", lost, str(len(acknowledged)))


def states(connection: Connection, raffle_id: RaffleId) -> str:
    """How the online orders ended."""
    rows = connection.execute(_STATES, [raffle_id])
    return ", ".join(
        f"{n} {s}" + ("" if refund == "none" else f" (refund {refund})") for s, refund, n in rows
    )


def _only(connection: Connection, statement: "psycopg.abc.QueryNoTemplate", raffle_id: RaffleId) -> TupleRow:
    row = connection.execute(statement, [raffle_id]).fetchone()
    if row is None:
        raise RuntimeError("a sum has a row")
    return row


def _processor(charges: Path) -> tuple[dict[UUID, int], list[str]]:
    connection = sqlite3.connect(charges)
    try:
        held = {UUID(order): money for order, money in connection.execute(_HELD)}
        return held, [order for (order,) in connection.execute(_TWICE)]
    finally:
        connection.close()
