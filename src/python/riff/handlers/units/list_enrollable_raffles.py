"""GET /units/me/raffles: the raffles that the calling sales unit can enrol in."""

from typing import Self
from uuid import UUID

import attrs

from riff.domain.raffles.window import SalesWindow
from riff.domain.units.enrollable import EnrollableRaffle
from riff.handlers._runtime import cursor
from riff.handlers._runtime.http import Caller, Ok, Request, endpoint
from riff.handlers._runtime.limits import Between
from riff.ports.pages import Page, RafflePosition
from riff.usecases.units.list_enrollable_raffles import ListEnrollableRaffles, list_enrollable_raffles
from riff.wiring import services

LIMIT = Between(1, 100)


@attrs.frozen
class EnrollableRaffleReply:
    """A raffle that has numbers for sales units and has not closed."""

    id: UUID
    event_number: int
    name: str
    sales_window: SalesWindow

    @classmethod
    def of(cls, raffle: EnrollableRaffle) -> Self:
        """The raffle as a unit chooses it."""
        return cls(raffle.id, raffle.event_number, raffle.name, raffle.window)


@attrs.frozen
class EnrollablePageReply:
    """Part of the list; without `next_cursor` it is the last part."""

    raffles: tuple[EnrollableRaffleReply, ...]
    next_cursor: str | None


@endpoint(query=("cursor", "limit"), caller=Caller.UNIT)
def handler(request: Request[None]) -> Ok[EnrollablePageReply]:
    """Answer with one page, soonest close first."""
    query = ListEnrollableRaffles(
        actor=request.actor,
        after=cursor.decode(request.query_text("cursor"), RafflePosition),
        limit=request.query_number("limit", LIMIT, default=20),
    )
    page = list_enrollable_raffles(query, services())
    return Ok(EnrollablePageReply(tuple(map(EnrollableRaffleReply.of, page.items)), _next(page)))


def _next(page: Page[EnrollableRaffle]) -> str | None:
    if not page.more:
        return None
    last = page.items[-1]
    return cursor.encode(RafflePosition(last.window.closes_at, last.id))
