"""Lists of what is due, in memory."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

import attrs

from riff.domain.checkout.checkout import RefundState
from riff.domain.identifiers import BlockId, OrderId, RaffleId
from riff.ports.pages import JobPosition, Page
from riff_critical.lifecycle import OrderState, RaffleState
from riff_critical.selling import Channel
from tests.support.fakes.tables import Tables


@attrs.frozen
class FakeDueStore:
    """Honours `riff.ports.due.DueStore`."""

    tables: Tables

    def unsettled(self, opened_by: datetime, after: JobPosition | None, limit: int) -> Page[JobPosition]:
        found = (order for order in self.tables.checkouts.values() if order.opened_at <= opened_by)
        pending = ((order.opened_at, order.id) for order in found if order.state is OrderState.PENDING)
        return _page(pending, after, limit)

    def expired(self, at: datetime, after: JobPosition | None, limit: int) -> Page[JobPosition]:
        found = (order for order in self.tables.checkouts.values() if order.expires_at <= at)
        pending = ((order.opened_at, order.id) for order in found if order.state is OrderState.PENDING)
        return _page(pending, after, limit)

    def owing(self, after: JobPosition | None, limit: int) -> Page[JobPosition]:
        due = (order for order in self.tables.checkouts.values() if order.refund is RefundState.DUE)
        return _page(((order.concluded_at, order.id) for order in due if order.concluded_at), after, limit)

    def to_open(self, at: datetime, after: JobPosition | None, limit: int) -> Page[JobPosition]:
        found = (
            (raffle.window.opens_at, raffle.id)
            for raffle in self.tables.raffles.values()
            if raffle.state is RaffleState.ACTIVE and raffle.window.opens_at <= at
            if raffle.id not in self.tables.openings
        )
        return _page(found, after, limit)

    def to_close(self, at: datetime, after: JobPosition | None, limit: int) -> Page[JobPosition]:
        found = (
            (raffle.window.closes_at, raffle.id)
            for raffle in self.tables.raffles.values()
            if raffle.state in (RaffleState.ACTIVE, RaffleState.SUSPENDED) and raffle.window.closes_at <= at
        )
        return _page(found, after, limit)

    def cancelled(self, after: JobPosition | None, limit: int) -> Page[JobPosition]:
        found = (
            (raffle.closed_at, block_id)
            for block_id, row in self.tables.blocks.items()
            if row.lease.channel is Channel.ONLINE and row.sold.orders > row.sold.voided_orders
            if (raffle := self.tables.raffles[row.lease.raffle_id]).state is RaffleState.CANCELLED
            if raffle.closed_at is not None
        )
        return _page(found, after, limit)

    def valid_orders(self, block_id: BlockId) -> tuple[OrderId, ...]:
        sold = [order for order in self.tables.orders.values() if order.block_id == block_id]
        valid = [order for order in sold if order.id not in self.tables.voids]
        return tuple(order.id for order in sorted(valid, key=lambda order: order.first_slot))

    def record_opening(self, raffle_id: RaffleId, at: datetime) -> bool:
        if raffle_id in self.tables.openings:
            return False
        self.tables.openings[raffle_id] = at
        return True


def _page(found: Iterable[tuple[datetime, UUID]], after: JobPosition | None, limit: int) -> Page[JobPosition]:
    rest = sorted(place for place in found if after is None or place > (after.at, after.id))
    return Page(tuple(JobPosition(*place) for place in rest[:limit]), more=len(rest) > limit)
