"""What is known of orders because a person sold them."""

from typing import Final

import attrs

from riff.adapters.postgres.connection import Database
from riff.domain.identifiers import OrderId, RaffleId
from riff.domain.sales.attended_sale import AttendedSale, Takings, Tender

_ADD: Final = """
    INSERT INTO attended_sale (order_id, raffle_id, seller, enrolment_id, tender, reason)
    VALUES (%(order_id)s, %(raffle_id)s, %(seller)s, %(enrolment_id)s, %(tender)s, %(reason)s)
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

    def add(self, sale: AttendedSale) -> None:
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
            },
        )

    def find(self, order_id: OrderId) -> AttendedSale | None:
        """What is known of an order, or None where nobody attended to it."""
        row = self._database.row(_FIND, {"order_id": order_id})
        if row is None:
            return None
        return AttendedSale(
            order_id=row["order_id"],
            raffle_id=row["raffle_id"],
            seller=row["seller"],
            enrolment_id=row["enrolment_id"],
            tender=Tender(row["tender"]),
            reason=row["reason"],
        )

    def takings(self, raffle_id: RaffleId) -> tuple[Takings, ...]:
        """What each seller of the raffle has taken, by the seller's name."""
        rows = self._database.rows(_TAKINGS, {"raffle_id": raffle_id})
        return tuple(Takings(**row) for row in rows)

    def taken_by(self, raffle_id: RaffleId, seller: str) -> Takings | None:
        """What one seller of the raffle has taken, or None without an order."""
        row = self._database.row(_TAKEN_BY, {"raffle_id": raffle_id, "seller": seller})
        return None if row is None else Takings(**row)
