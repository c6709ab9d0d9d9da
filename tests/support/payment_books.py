"""The processor's books beside ours: money is with the processor exactly where an order is valid."""

from collections.abc import Iterator, Mapping
from uuid import UUID

import psycopg
from psycopg.rows import TupleRow

_ORDERS = "SELECT id, state, refund, price_minor FROM checkout"


def payment_discrepancies(
    connection: "psycopg.Connection[TupleRow]", held: Mapping[UUID, int], *, settled: bool = True
) -> list[str]:
    """Everything that does not match; nothing, if all is well.

    Args:
        connection: to the database.
        held: money that the processor holds, by order: taken and not returned.
        settled: whether everything had time to settle, so that nothing may be pending or owed.
    """
    return list(_of_orders(connection, dict(held), settled=settled))


def _of_orders(
    connection: "psycopg.Connection[TupleRow]", held: dict[UUID, int], *, settled: bool
) -> Iterator[str]:
    for name, state, refund, price in connection.execute(_ORDERS):
        money = held.pop(name, 0)
        open_ended = state == "pending" or refund == "due"
        if open_ended and settled:
            yield f"order {name} is {state}, its refund {refund}, long after everything should be settled"
        expected = price if state == "paid" else 0
        if not open_ended and money != expected:
            yield f"order {name} is {state} at {price}, and the processor holds {money}"
    yield from (f"money is held for {name}, which is no order" for name, money in held.items() if money)
