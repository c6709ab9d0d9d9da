"""GET /staff/raffles/{raffle_id}/counterfoils: what goes into the drum, one for each number."""

from datetime import datetime
from typing import Self
from uuid import UUID

import attrs

from riff.domain.identifiers import RaffleId
from riff.handlers._runtime import cursor
from riff.handlers._runtime.http import Ok, Request, endpoint
from riff.handlers._runtime.limits import Between
from riff.handlers._runtime.shapes.money import MoneyReply
from riff.ports.pages import CounterfoilPosition
from riff.usecases.sales.list_counterfoils import (
    Counterfoil,
    Counterfoils,
    ListCounterfoils,
    list_counterfoils,
)
from riff.wiring import services

LIMIT = Between(1, 100)
DRAW = Between(1, 100)


@attrs.frozen
class CounterfoilReply:
    """A counterfoil.

    Attributes:
        number: the draw number.
        price: of the whole order.
    """

    number: int
    order_id: UUID
    validation_number: str
    sold_at: datetime
    price: MoneyReply

    @classmethod
    def of(cls, foil: Counterfoil) -> Self:
        """The counterfoil as it is printed."""
        return cls(
            foil.number, foil.order_id, foil.validation_number, foil.sold_at, MoneyReply.of(foil.price)
        )


@attrs.frozen
class CounterfoilPageReply:
    """Part of the list, with what stands on every counterfoil; without `next_cursor` it is the last part."""

    raffle_id: UUID
    event_number: int
    name: str
    counterfoils: tuple[CounterfoilReply, ...]
    next_cursor: str | None

    @classmethod
    def of(cls, found: Counterfoils) -> Self:
        """The page, and where the next one begins."""
        foils = found.page.items
        following = CounterfoilPosition(foils[-1].slot + 1) if found.page.more else None
        return cls(
            found.raffle.id,
            found.raffle.event_number,
            found.raffle.name,
            tuple(map(CounterfoilReply.of, foils)),
            cursor.encode(following) if following else None,
        )


@endpoint(query=("draw", "cursor", "limit"), permission="counterfoils:read")
def handler(request: Request[None]) -> Ok[CounterfoilPageReply]:
    """Answer with one page, in the order of the sealed list."""
    query = ListCounterfoils(
        actor=request.actor,
        raffle_id=RaffleId(request.path_id("raffle_id")),
        draw=request.query_number("draw", DRAW, default=1),
        after=cursor.decode(request.query_text("cursor"), CounterfoilPosition),
        limit=request.query_number("limit", LIMIT, default=20),
    )
    return Ok(CounterfoilPageReply.of(list_counterfoils(query, services())))
