"""GET /raffles/{raffle_id}/jackpot: what the prizes come to so far."""

from datetime import datetime
from typing import Self
from uuid import UUID

import attrs

from riff.domain.identifiers import RaffleId
from riff.domain.money import Money
from riff.domain.raffles.prize import DrawKind, Prize
from riff.handlers._runtime.http import Ok, Request, endpoint
from riff.handlers._runtime.shapes.money import MoneyReply
from riff.usecases.public.show_jackpot import ShowJackpot, show_jackpot
from riff.wiring import services

# Screens in a stadium ask every few seconds, all of them; an estimate of this age is true enough.
_CACHE_S = 2


@attrs.frozen
class PrizeAmountReply:
    """A prize and what it comes to."""

    id: UUID
    name: str
    draw: DrawKind
    rank: int
    amount: MoneyReply

    @classmethod
    def of(cls, prize: Prize, amount: Money) -> Self:
        """The prize with its amount."""
        return cls(prize.id, prize.name, prize.draw, prize.rank, MoneyReply.of(amount))


@attrs.frozen
class JackpotReply:
    """An estimate until the raffle is sealed."""

    at: datetime
    estimate: bool
    jackpot: MoneyReply
    prizes: tuple[PrizeAmountReply, ...]


@endpoint()
def handler(request: Request[None]) -> Ok[JackpotReply]:
    """Answer with the jackpot at the instant of reading."""
    query = ShowJackpot(raffle_id=RaffleId(request.path_id("raffle_id")))
    found = show_jackpot(query, services())
    prizes = tuple(PrizeAmountReply.of(prize, amount) for prize, amount in found.prizes)
    jackpot = MoneyReply.of(found.jackpot)
    return Ok(JackpotReply(found.at, estimate=True, jackpot=jackpot, prizes=prizes), cache_s=_CACHE_S)
