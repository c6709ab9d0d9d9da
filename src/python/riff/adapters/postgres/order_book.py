"""Orders as the office sees them."""

from typing import Final

import attrs
from psycopg.rows import DictRow

from riff.adapters.postgres.connection import Database
from riff.adapters.postgres.orders import sold_order
from riff.domain.checkout.checkout import RequestKey
from riff.domain.identifiers import OrderId, RaffleId
from riff.domain.sales.reprint import Reprint
from riff.domain.sales.sold_order import OrderVoid
from riff.ports.order_book import BookedOrder, OrderPosition
from riff.ports.pages import Page
from riff_critical.lifecycle import OrderState

# Blocks in the order of their tags, by an index; of each at most a page, by the index that holds its chain.
_PAGE: Final = """
    SELECT part.id, block.raffle_id, block.id AS block_id, block.tag, block.channel,
        part.first_slot - block.first_slot AS ordinal, part.first_slot, part.end_slot, package_id,
        price_minor, raffle.currency, seller, sold_at, reason, voided_by, voided_at,
        order_void.state AS void_state
    FROM raffle
        JOIN block ON block.raffle_id = raffle.id
        CROSS JOIN LATERAL (
            SELECT id, first_slot, end_slot, package_id, price_minor, seller, sold_at FROM sold_order
            WHERE block_number = block.number
                AND first_slot > CASE block.tag WHEN %(tag)s THEN %(first_slot)s ELSE -1 END
            ORDER BY first_slot
            LIMIT %(limit)s
        ) AS part
        LEFT JOIN order_void ON order_void.order_id = part.id
    WHERE raffle.id = %(raffle_id)s AND block.tag >= %(tag)s
    ORDER BY block.tag, part.first_slot
    LIMIT %(limit)s
"""

_REPRINTS: Final = """
    SELECT order_id, copy, reason, reprinted_by, reprinted_at FROM ticket_reprint
    WHERE order_id = %(order_id)s ORDER BY copy
"""

_ADD_REPRINT: Final = """
    INSERT INTO ticket_reprint (order_id, copy, reason, reprinted_by, reprinted_at,
        request_scope, request_key, request_digest)
    VALUES (%(order_id)s, %(copy)s, %(reason)s, %(reprinted_by)s, %(reprinted_at)s,
        %(request_scope)s, %(request_key)s, %(request_digest)s)
"""

_REPRINT_BY: Final = """
    SELECT order_id, copy, reason, reprinted_by, reprinted_at, request_digest FROM ticket_reprint
    WHERE request_scope = %(scope)s AND request_key = %(key)s
"""

_BEFORE_ALL: Final = OrderPosition(0, -1)


@attrs.frozen
class PostgresOrderBook:
    """Honours `riff.ports.order_book.OrderBook`."""

    _database: Database

    def page(self, raffle_id: RaffleId, after: OrderPosition | None, limit: int) -> Page[BookedOrder]:
        """Orders of a raffle, block by block, each block from its first number on."""
        place = after or _BEFORE_ALL
        rows = self._database.rows(
            _PAGE,
            {
                "raffle_id": raffle_id,
                "tag": place.block_tag,
                "first_slot": place.first_slot,
                "limit": limit + 1,
            },
        )
        return Page(tuple(map(_booked, rows[:limit])), more=len(rows) > limit)

    def reprints(self, order_id: OrderId) -> tuple[Reprint, ...]:
        """The copies of a ticket, the first one first."""
        rows = self._database.rows(_REPRINTS, {"order_id": order_id})
        return tuple(map(_reprint, rows))

    def add_reprint(self, reprint: Reprint, request: RequestKey) -> None:
        """Put a copy on record, with what recognises the retries of whoever asked for it.

        Raises:
            IntegrityFailureError: a copy of that number is on record.
        """
        self._database.run(
            _ADD_REPRINT,
            {
                "order_id": reprint.order_id,
                "copy": reprint.copy,
                "reason": reprint.reason,
                "reprinted_by": reprint.reprinted_by,
                "reprinted_at": reprint.reprinted_at,
                "request_scope": request.scope,
                "request_key": request.key,
                "request_digest": request.digest,
            },
        )

    def reprint_by(self, request: RequestKey) -> Reprint | None:
        """The copy that this request made before, or None.

        Raises:
            KeyReusedError: the key made a copy with another request.
        """
        row = self._database.row(_REPRINT_BY, {"scope": request.scope, "key": request.key})
        if row is None:
            return None
        request.require_same(row["request_digest"])
        return _reprint(row)


def _reprint(row: DictRow) -> Reprint:
    return Reprint(row["order_id"], row["copy"], row["reason"], row["reprinted_by"], row["reprinted_at"])


def _booked(row: DictRow) -> BookedOrder:
    order = sold_order(row)
    if row["void_state"] is None:
        return BookedOrder(order, None)
    state = OrderState(row["void_state"])
    return BookedOrder(order, OrderVoid(order.id, row["reason"], row["voided_by"], row["voided_at"], state))
