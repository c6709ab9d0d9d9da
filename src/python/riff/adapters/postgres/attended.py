"""What is known of orders because a person sold them."""

from typing import Final

import attrs
from psycopg.rows import DictRow

from riff.adapters.postgres.connection import Database
from riff.domain.checkout.checkout import RequestKey
from riff.domain.identifiers import OrderId, RaffleId
from riff.domain.sales.attended_sale import AttendedSale, Takings, Tender

_ADD: Final = """
    INSERT INTO attended_sale (order_id, raffle_id, seller, enrolment_id, tender, reason, request_scope,
        request_key, request_digest)
    VALUES (%(order_id)s, %(raffle_id)s, %(seller)s, %(enrolment_id)s, %(tender)s, %(reason)s,
        %(request_scope)s, %(request_key)s, %(request_digest)s)
"""

_SOLD_BY: Final = """
    SELECT order_id, raffle_id, seller, enrolment_id, tender, reason, request_digest FROM attended_sale
    WHERE request_scope = %(scope)s AND request_key = %(key)s
"""

_FIND: Final = """
    SELECT order_id, raffle_id, seller, enrolment_id, tender, reason FROM attended_sale
    WHERE order_id = %(order_id)s
"""

_TAKINGS: Final = """
    SELECT seller, enrolment_id, count(*) FILTER (WHERE valid) AS orders,
        coalesce(sum(numbers) FILTER (WHERE valid), 0)::bigint AS numbers,
        count(*) FILTER (WHERE NOT valid) AS voided_orders,
        count(*) FILTER (WHERE tender = 'cash') AS cash_orders,
        coalesce(sum(price_minor) FILTER (WHERE valid AND tender = 'cash'), 0)::bigint AS cash_minor,
        coalesce(sum(price_minor) FILTER (WHERE valid AND tender = 'card'), 0)::bigint AS card_minor,
        coalesce(sum(price_minor) FILTER (WHERE valid AND tender = 'prepaid'), 0)::bigint AS prepaid_minor
    FROM (
        SELECT attended_sale.seller, enrolment_id, tender, price_minor,
            sold_order.end_slot - sold_order.first_slot AS numbers, order_void.order_id IS NULL AS valid
        FROM attended_sale
            JOIN sold_order ON sold_order.id = attended_sale.order_id
            LEFT JOIN order_void ON order_void.order_id = attended_sale.order_id
        WHERE raffle_id = %(raffle_id)s
    ) AS sale
    GROUP BY seller, enrolment_id
    ORDER BY seller
"""

_TAKEN_BY: Final = """
    SELECT seller, enrolment_id, count(*) FILTER (WHERE valid) AS orders,
        coalesce(sum(numbers) FILTER (WHERE valid), 0)::bigint AS numbers,
        count(*) FILTER (WHERE NOT valid) AS voided_orders,
        count(*) FILTER (WHERE tender = 'cash') AS cash_orders,
        coalesce(sum(price_minor) FILTER (WHERE valid AND tender = 'cash'), 0)::bigint AS cash_minor,
        coalesce(sum(price_minor) FILTER (WHERE valid AND tender = 'card'), 0)::bigint AS card_minor,
        coalesce(sum(price_minor) FILTER (WHERE valid AND tender = 'prepaid'), 0)::bigint AS prepaid_minor
    FROM (
        SELECT attended_sale.seller, enrolment_id, tender, price_minor,
            sold_order.end_slot - sold_order.first_slot AS numbers, order_void.order_id IS NULL AS valid
        FROM attended_sale
            JOIN sold_order ON sold_order.id = attended_sale.order_id
            LEFT JOIN order_void ON order_void.order_id = attended_sale.order_id
        WHERE raffle_id = %(raffle_id)s AND attended_sale.seller = %(seller)s
    ) AS sale
    GROUP BY seller, enrolment_id
"""


@attrs.frozen
class PostgresAttendedSaleStore:
    """Honours `riff.ports.attended.AttendedSaleStore`."""

    _database: Database

    def add(self, sale: AttendedSale, request: RequestKey | None) -> None:
        """Store what is known of an order that this transaction has sold."""
        self._database.run(
            _ADD,
            {
                "order_id": sale.order_id,
                "raffle_id": sale.raffle_id,
                "seller": sale.seller,
                "enrolment_id": sale.enrolment_id,
                "tender": sale.tender.value,
                "reason": sale.reason,
                "request_scope": None if request is None else request.scope,
                "request_key": None if request is None else request.key,
                "request_digest": None if request is None else request.digest,
            },
        )

    def sold_by(self, request: RequestKey) -> AttendedSale | None:
        """The sale that this request made before, or None.

        Raises:
            KeyReusedError: the key made a sale with another request.
        """
        row = self._database.row(_SOLD_BY, {"scope": request.scope, "key": request.key})
        if row is None:
            return None
        request.require_same(row["request_digest"])
        return _sale(row)

    def find(self, order_id: OrderId) -> AttendedSale | None:
        """What is known of an order, or None where nobody attended to it."""
        row = self._database.row(_FIND, {"order_id": order_id})
        return None if row is None else _sale(row)

    def takings(self, raffle_id: RaffleId) -> tuple[Takings, ...]:
        """What each seller of the raffle has taken, by the seller's name."""
        rows = self._database.rows(_TAKINGS, {"raffle_id": raffle_id})
        return tuple(Takings(**row) for row in rows)

    def taken_by(self, raffle_id: RaffleId, seller: str) -> Takings | None:
        """What one seller of the raffle has taken, or None without an order."""
        row = self._database.row(_TAKEN_BY, {"raffle_id": raffle_id, "seller": seller})
        return None if row is None else Takings(**row)


def _sale(row: DictRow) -> AttendedSale:
    return AttendedSale(
        order_id=row["order_id"],
        raffle_id=row["raffle_id"],
        seller=row["seller"],
        enrolment_id=row["enrolment_id"],
        tender=Tender(row["tender"]),
        reason=row["reason"],
    )
