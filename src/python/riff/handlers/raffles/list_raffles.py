"""GET /staff/organizations/{organization_id}/raffles: the raffles of an organization, in any state."""

from datetime import datetime
from typing import Self
from uuid import UUID

import attrs

from riff.domain.identifiers import OrganizationId
from riff.domain.raffles.raffle import Raffle
from riff.domain.raffles.window import SalesWindow
from riff.handlers._runtime import cursor
from riff.handlers._runtime.http import Ok, Request, endpoint
from riff.handlers._runtime.limits import Between
from riff.ports.pages import EventPosition, Page
from riff.usecases.raffles.list_raffles import ListRaffles, list_raffles
from riff.wiring import services
from riff_critical.lifecycle import RaffleState

LIMIT = Between(1, 100)


@attrs.frozen
class ListedRaffleReply:
    """A raffle in the list of its organization."""

    id: UUID
    event_number: int
    name: str
    state: RaffleState
    sales_window: SalesWindow
    rule_profile: str
    closed_at: datetime | None

    @classmethod
    def of(cls, raffle: Raffle) -> Self:
        """What the list tells of a raffle."""
        return cls(
            raffle.id,
            raffle.event_number,
            raffle.name,
            raffle.state,
            raffle.window,
            raffle.rule_profile,
            raffle.closed_at,
        )


@attrs.frozen
class ListedRafflesReply:
    """Part of the list; without `next_cursor` it is the last part."""

    raffles: tuple[ListedRaffleReply, ...]
    next_cursor: str | None


@endpoint(query=("cursor", "limit"), permission="raffles:read")
def handler(request: Request[None]) -> Ok[ListedRafflesReply]:
    """Answer with one page, latest event number first."""
    query = ListRaffles(
        actor=request.actor,
        organization_id=OrganizationId(request.path_id("organization_id")),
        after=cursor.decode(request.query_text("cursor"), EventPosition),
        limit=request.query_number("limit", LIMIT, default=20),
    )
    page = list_raffles(query, services())
    return Ok(ListedRafflesReply(tuple(map(ListedRaffleReply.of, page.items)), _next(page)))


def _next(page: Page[Raffle]) -> str | None:
    return cursor.encode(EventPosition(page.items[-1].event_number)) if page.more else None
