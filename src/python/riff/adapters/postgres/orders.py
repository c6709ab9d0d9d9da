"""Orders that have numbers: the sale as one statement, and the void."""

from typing import Final

import attrs
from psycopg.rows import DictRow

from riff.adapters.postgres.connection import Database
from riff.domain.audit.significant_event import SignificantEvent
from riff.domain.identifiers import OrderId, RaffleId
from riff.domain.money import Money
from riff.domain.sales.leased_block import LeasedBlock
from riff.domain.sales.sold_order import OrderVoid, SoldOrder
from riff.errors import AlreadyVoidedError, LeaseLostError, NotFoundError
from riff_critical.lifecycle import OrderState
from riff_critical.selling import Channel

# The second half of a sale, of this channel or another: `moved` names the block that has moved, if one has.
# Whatever the seller knows comes as a parameter: a term costs the server more to set up than to compute, and
# what is stated wrongly the keys of the chain refuse (docs/algorithms/selling-data-model.md).
ENTER_SALE: Final = """, sold AS (
        INSERT INTO sold_order (id, block_number, block_end, first_slot, end_slot, previous_end, opened_block,
            price_minor, package_id, seller, sold_at)
        SELECT %(order_id)s, number, %(block_end)s, %(first_slot)s, %(end_slot)s,
            CASE WHEN NOT %(opens_block)s THEN %(first_slot)s END, CASE WHEN %(opens_block)s THEN number END,
            %(price_minor)s, %(package_id)s, %(seller)s::text, %(sold_at)s
        FROM moved
    )
    INSERT INTO significant_event (stream, sequence, kind, occurred_at, record, digest)
    SELECT %(stream)s, %(sequence)s, %(kind)s::text, %(sold_at)s, %(record)s::text, %(digest)s FROM moved
"""

# All or nothing: where the block does not move, nothing is inserted.  The close is compared with the
# database's clock as well, so that a seller whose clock is slow sells nothing after it.
_SELL: Final = (
    """
    WITH moved AS (
        UPDATE block_sales
        SET unsold = %(unsold_after)s, valid_numbers = valid_numbers + %(numbers)s,
            valid_orders = valid_orders + 1, valid_minor = valid_minor + %(price_minor)s
        WHERE block_id = %(block_id)s AND holder = %(holder)s AND open AND unsold = %(unsold)s
            AND %(sold_at)s < lease_expires_at AND greatest(%(sold_at)s, clock_timestamp()) < sell_until
        RETURNING block_number AS number
    )"""  # noqa: S608 - both parts are constants
    + ENTER_SALE
)

# What a stale copy of a lease runs into when the block row itself has not moved, and a run that is longer
# than what is unsold.
_CHAINS: Final = frozenset(
    {
        "sold_order_start",
        "sold_order_finish",
        "sold_order_predecessor",
        "significant_event_pkey",
        "subtotal_check",
    }
)

_GET: Final = """
    SELECT sold_order.id, block.raffle_id, block.id AS block_id, block.tag, block.channel,
        sold_order.first_slot - block.first_slot AS ordinal,
        sold_order.first_slot, sold_order.end_slot, package_id, price_minor, raffle.currency, seller, sold_at
    FROM sold_order
        JOIN block ON block.number = sold_order.block_number
        JOIN raffle ON raffle.id = block.raffle_id
    WHERE sold_order.id = %(id)s
"""

# A block of the raffle is found by its tag, and an order by where it begins: two index lookups.
_AT: Final = """
    SELECT sold_order.id, block.raffle_id, block.id AS block_id, block.tag, block.channel,
        sold_order.first_slot - block.first_slot AS ordinal,
        sold_order.first_slot, sold_order.end_slot, package_id, price_minor, raffle.currency, seller, sold_at
    FROM block
        JOIN sold_order ON sold_order.block_number = block.number
            AND sold_order.first_slot = (block.first_slot + %(ordinal)s)::integer
        JOIN raffle ON raffle.id = block.raffle_id
    WHERE block.raffle_id = %(raffle_id)s AND block.tag = %(tag)s
"""

# The block is found by the index that keeps blocks apart.  Its orders are a chain without a gap, so the last
# one that begins at the slot or before it holds the slot, or nothing has been sold so far.
_HOLDING: Final = """
    SELECT part.id, block.raffle_id, block.id AS block_id, block.tag, block.channel,
        part.first_slot - block.first_slot AS ordinal, part.first_slot, part.end_slot, package_id,
        price_minor, raffle.currency, seller, sold_at
    FROM raffle
        JOIN block ON int8range(block.raffle_ordinal * 1073741824 + block.first_slot,
            block.raffle_ordinal * 1073741824 + block.end_slot) @> (raffle.ordinal * 1073741824 + %(slot)s)
        CROSS JOIN LATERAL (
            SELECT id, first_slot, end_slot, package_id, price_minor, seller, sold_at FROM sold_order
            WHERE block_number = block.number AND first_slot <= %(slot)s
            ORDER BY first_slot DESC
            LIMIT 1
        ) AS part
    WHERE raffle.id = %(raffle_id)s AND part.end_slot > %(slot)s
"""

_VOID_OF: Final = """
    SELECT order_id, reason, voided_by, voided_at, state FROM order_void WHERE order_id = %(order_id)s
"""

# Where the void is there already, nothing is taken off the block.
_VOID: Final = """
    WITH voided AS (
        INSERT INTO order_void (order_id, reason, voided_by, voided_at, state)
        VALUES (%(order_id)s, %(reason)s, %(voided_by)s, %(voided_at)s, %(state)s)
        ON CONFLICT (order_id) DO NOTHING
        RETURNING order_id
    )
    UPDATE block_sales
    SET valid_orders = valid_orders - 1,
        voided_orders = voided_orders + 1,
        valid_numbers = valid_numbers - (sold_order.end_slot - sold_order.first_slot),
        voided_numbers = voided_numbers + (sold_order.end_slot - sold_order.first_slot),
        valid_minor = valid_minor - sold_order.price_minor,
        voided_minor = voided_minor + sold_order.price_minor
    FROM voided
        JOIN sold_order ON sold_order.id = voided.order_id
        JOIN block ON block.number = sold_order.block_number
    WHERE block_sales.block_id = block.id
"""


@attrs.frozen
class PostgresOrderStore:
    """Honours `riff.ports.stores.OrderStore`."""

    _database: Database

    def sell(self, order: SoldOrder, lease: LeasedBlock, event: SignificantEvent) -> None:
        """Move the block forward, store the order and its event: one statement, all or nothing.

        Outside a transaction the statement is one by itself; inside, a refusal leaves it usable.

        Raises:
            LeaseLostError: the block has moved on, was taken over, or sells no more; nothing was written.
        """
        if self._database.attempt(_SELL, sale_of(order, lease, event), refused_by=_CHAINS) != 1:
            raise LeaseLostError("The block moved on, was taken over, or sells no more.")

    def get(self, order_id: OrderId) -> SoldOrder:
        """An order.

        Raises:
            NotFoundError: no order of that name has numbers.
        """
        row = self._database.row(_GET, {"id": order_id})
        if row is None:
            raise NotFoundError("There is no such order.")
        return sold_order(row)

    def at(self, raffle_id: RaffleId, tag: int, ordinal: int) -> SoldOrder:
        """The order that a validation number names.

        Raises:
            NotFoundError: no order begins there.
        """
        row = self._database.row(_AT, {"raffle_id": raffle_id, "tag": tag, "ordinal": ordinal})
        if row is None:
            raise NotFoundError("There is no such order.")
        return sold_order(row)

    def holding(self, raffle_id: RaffleId, slot: int) -> SoldOrder | None:
        """The order that holds a slot, void or not, or None where it was not sold."""
        row = self._database.row(_HOLDING, {"raffle_id": raffle_id, "slot": slot})
        return None if row is None else sold_order(row)

    def void_of(self, order_id: OrderId) -> OrderVoid | None:
        """The void of an order, or None while the order is valid."""
        row = self._database.row(_VOID_OF, {"order_id": order_id})
        if row is None:
            return None
        return OrderVoid(
            row["order_id"], row["reason"], row["voided_by"], row["voided_at"], OrderState(row["state"])
        )

    def void(self, order: SoldOrder, void: OrderVoid) -> None:
        """Store a void and take the order off its block's subtotals.

        Raises:
            AlreadyVoidedError: the order is void already.
        """
        voided = self._database.run(
            _VOID,
            {
                "order_id": order.id,
                "reason": void.reason,
                "voided_by": void.voided_by,
                "voided_at": void.voided_at,
                "state": void.state.value,
            },
        )
        if voided != 1:
            raise AlreadyVoidedError("The order is void already.", order=str(order.id))


def sold_order(row: DictRow) -> SoldOrder:
    """An order from a row that names its block's place too."""
    return SoldOrder(
        id=row["id"],
        raffle_id=row["raffle_id"],
        block_id=row["block_id"],
        block_tag=row["tag"],
        channel=Channel(row["channel"]),
        ordinal=row["ordinal"],
        first_slot=row["first_slot"],
        end_slot=row["end_slot"],
        package_id=row["package_id"],
        price=Money(row["price_minor"], row["currency"]),
        seller=row["seller"],
        sold_at=row["sold_at"],
    )


def sale_of(order: SoldOrder, lease: LeasedBlock, event: SignificantEvent) -> dict[str, object]:
    """The parameters of a statement that sells."""
    block = lease.block
    return {
        "block_id": lease.id,
        "holder": lease.holder,
        "order_id": order.id,
        "first_slot": order.first_slot,
        "end_slot": order.end_slot,
        "opens_block": order.first_slot == block.first_slot,
        "block_end": block.end_slot,
        "unsold": block.end_slot - order.first_slot,
        "unsold_after": block.end_slot - order.end_slot,
        "numbers": order.count,
        "price_minor": order.price.minor,
        "package_id": order.package_id,
        "seller": order.seller,
        "sold_at": order.sold_at,
        "stream": event.stream,
        "sequence": event.sequence,
        "kind": event.kind.value,
        "record": event.record.decode(),
        "digest": event.digest,
    }
