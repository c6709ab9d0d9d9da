"""Lists of what is due, in memory."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

import attrs

from riff.domain.checkout.checkout import RefundState
from riff.domain.identifiers import RaffleId
from riff.ports.pages import JobPosition, Page
from riff_critical.lifecycle import OrderState, RaffleState
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

    def record_opening(self, raffle_id: RaffleId, at: datetime) -> bool:
        if raffle_id in self.tables.openings:
            return False
        self.tables.openings[raffle_id] = at
        return True


def _page(found: Iterable[tuple[datetime, UUID]], after: JobPosition | None, limit: int) -> Page[JobPosition]:
    rest = sorted(place for place in found if after is None or place > (after.at, after.id))
    return Page(tuple(JobPosition(*place) for place in rest[:limit]), more=len(rest) > limit)
