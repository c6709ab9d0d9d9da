"""GET /raffles/{raffle_id}/jackpot: what the prizes come to so far."""

from datetime import datetime

import attrs

from riff.domain.identifiers import RaffleId
from riff.handlers._runtime.http import Ok, Request, endpoint
from riff.handlers._runtime.shapes.jackpot import PrizeAmountReply
from riff.handlers._runtime.shapes.money import MoneyReply
from riff.usecases.public.show_jackpot import ShowJackpot, show_jackpot
from riff.wiring import services


@attrs.frozen
class JackpotReply:
    """An estimate until the raffle is sealed."""

    as_of: datetime
    max_age_s: int
    estimate: bool
    jackpot: MoneyReply
    prizes: tuple[PrizeAmountReply, ...]


@endpoint()
def handler(request: Request[None]) -> Ok[JackpotReply]:
    """Answer with the jackpot at the instant of reading."""
    query = ShowJackpot(raffle_id=RaffleId(request.path_id("raffle_id")))
    found, age_s = show_jackpot(query, services()), services().public.answer_age_s
    reply = JackpotReply(
        as_of=found.at,
        max_age_s=age_s,
        estimate=not found.is_final,
        jackpot=MoneyReply.of(found.jackpot),
        prizes=tuple(PrizeAmountReply.of(prize, amount) for prize, amount in found.prizes),
    )
    return Ok(reply, cache_s=age_s)
