"""What the clock looks for, read from partial indexes that hold nothing else."""

from datetime import UTC, datetime
from typing import Final, LiteralString
from uuid import UUID

import attrs

from riff.adapters.postgres.connection import Database
from riff.domain.identifiers import BlockId, OrderId, RaffleId
from riff.ports.pages import JobPosition, Page

_UNSETTLED: Final = """
    SELECT opened_at AS at, id FROM checkout
    WHERE state = 'pending' AND opened_at <= %(until)s AND (opened_at, id) > (%(after_at)s, %(after_id)s)
    ORDER BY opened_at, id
    LIMIT %(limit)s
"""

# The index is by opening; orders live so shortly that few of those that it holds are not expired.
_EXPIRED: Final = """
    SELECT opened_at AS at, id FROM checkout
    WHERE state = 'pending' AND expires_at <= %(until)s AND (opened_at, id) > (%(after_at)s, %(after_id)s)
    ORDER BY opened_at, id
    LIMIT %(limit)s
"""

_OWING: Final = """
    SELECT concluded_at AS at, id FROM checkout
    WHERE refund = 'due' AND (concluded_at, id) > (%(after_at)s, %(after_id)s)
    ORDER BY concluded_at, id
    LIMIT %(limit)s
"""

_TO_OPEN: Final = """
    SELECT opens_at AS at, id FROM raffle
    WHERE state = 'active' AND opens_at <= %(until)s AND (opens_at, id) > (%(after_at)s, %(after_id)s)
        AND NOT EXISTS (SELECT FROM sales_opening WHERE raffle_id = raffle.id)
    ORDER BY opens_at, id
    LIMIT %(limit)s
"""

_TO_CLOSE: Final = """
    SELECT closes_at AS at, id FROM raffle
    WHERE state IN ('active', 'suspended') AND closes_at <= %(until)s
        AND (closes_at, id) > (%(after_at)s, %(after_id)s)
    ORDER BY closes_at, id
    LIMIT %(limit)s
"""

_CANCELLED: Final = """
    SELECT raffle.closed_at AS at, block_id AS id
    FROM raffle JOIN block_sales ON block_sales.raffle_id = raffle.id
    WHERE state = 'cancelled' AND channel = 'online' AND valid_orders > 0
        AND (raffle.closed_at, block_id) > (%(after_at)s, %(after_id)s)
    ORDER BY raffle.closed_at, block_id
    LIMIT %(limit)s
"""

_VALID_ORDERS: Final = """
    SELECT sold_order.id
    FROM block JOIN sold_order ON sold_order.block_number = block.number
    WHERE block.id = %(block_id)s AND NOT EXISTS (SELECT FROM order_void WHERE order_id = sold_order.id)
    ORDER BY sold_order.first_slot
"""

_RECORD_OPENING: Final = """
    INSERT INTO sales_opening (raffle_id, recorded_at) VALUES (%(raffle_id)s, %(at)s)
    ON CONFLICT (raffle_id) DO NOTHING
"""

_BEFORE_ALL: Final = JobPosition(datetime(1, 1, 1, tzinfo=UTC), UUID(int=0))


@attrs.frozen
class PostgresDueStore:
    """Honours `riff.ports.due.DueStore`."""

    _database: Database

    def unsettled(self, opened_by: datetime, after: JobPosition | None, limit: int) -> Page[JobPosition]:
        """Pending online orders opened at that instant or before, by opening."""
        return self._page(_UNSETTLED, opened_by, after, limit)

    def expired(self, at: datetime, after: JobPosition | None, limit: int) -> Page[JobPosition]:
        """Pending online orders that expired at that instant or before, by opening."""
        return self._page(_EXPIRED, at, after, limit)

    def owing(self, after: JobPosition | None, limit: int) -> Page[JobPosition]:
        """Online orders whose money is owed back, by their conclusion."""
        return self._page(_OWING, None, after, limit)

    def to_open(self, at: datetime, after: JobPosition | None, limit: int) -> Page[JobPosition]:
        """Active raffles whose sales window has begun and is not on record as begun, by opening."""
        return self._page(_TO_OPEN, at, after, limit)

    def to_close(self, at: datetime, after: JobPosition | None, limit: int) -> Page[JobPosition]:
        """Active and suspended raffles whose sales window has ended, by close."""
        return self._page(_TO_CLOSE, at, after, limit)

    def cancelled(self, after: JobPosition | None, limit: int) -> Page[JobPosition]:
        """Blocks of the online channel with valid orders, of raffles that were cancelled, by cancellation."""
        return self._page(_CANCELLED, None, after, limit)

    def valid_orders(self, block_id: BlockId) -> tuple[OrderId, ...]:
        """Orders of a block that were not taken back, in the order of their slots."""
        return tuple(row["id"] for row in self._database.rows(_VALID_ORDERS, {"block_id": block_id}))

    def record_opening(self, raffle_id: RaffleId, at: datetime) -> bool:
        """Put on record that sales of a raffle have begun; False when that was on record before."""
        return self._database.run(_RECORD_OPENING, {"raffle_id": raffle_id, "at": at}) == 1

    def _page(
        self, statement: LiteralString, until: datetime | None, after: JobPosition | None, limit: int
    ) -> Page[JobPosition]:
        place = after or _BEFORE_ALL
        rows = self._database.rows(
            statement, {"until": until, "after_at": place.at, "after_id": place.id, "limit": limit + 1}
        )
        found = tuple(JobPosition(row["at"], row["id"]) for row in rows[:limit])
        return Page(found, more=len(rows) > limit)
