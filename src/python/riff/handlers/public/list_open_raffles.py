"""GET /raffles: the raffles that sell now."""

import attrs

from riff.domain.raffles.raffle import Raffle
from riff.handlers._runtime import cursor
from riff.handlers._runtime.http import Ok, Request, endpoint
from riff.handlers._runtime.limits import Between
from riff.handlers._runtime.shapes.raffle import RaffleSummaryReply
from riff.ports.pages import Page, RafflePosition
from riff.usecases.public.list_open_raffles import ListOpenRaffles, list_open_raffles
from riff.wiring import services

LIMIT = Between(1, 100)


@attrs.frozen
class RafflePageReply:
    """Part of the list; without `next_cursor` it is the last part."""

    raffles: tuple[RaffleSummaryReply, ...]
    next_cursor: str | None


@endpoint(query=("cursor", "limit"))
def handler(request: Request[None]) -> Ok[RafflePageReply]:
    """Answer with one page, soonest close first."""
    query = ListOpenRaffles(
        after=cursor.decode(request.query_text("cursor"), RafflePosition),
        limit=request.query_number("limit", LIMIT, default=20),
    )
    page = list_open_raffles(query, services())
    raffles = tuple(RaffleSummaryReply.of(raffle) for raffle in page.items)
    return Ok(RafflePageReply(raffles, _next(page)), cache_s=5)


def _next(page: Page[Raffle]) -> str | None:
    if not page.more:
        return None
    last = page.items[-1]
    return cursor.encode(RafflePosition(last.window.closes_at, last.id))
