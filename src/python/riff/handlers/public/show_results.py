"""GET /raffles/{raffle_id}/results: who won."""

from datetime import datetime
from typing import Self
from uuid import UUID

import attrs

from riff.domain.identifiers import RaffleId
from riff.domain.raffles.prize import DrawKind
from riff.handlers._runtime.http import Ok, Request, endpoint
from riff.handlers._runtime.shapes.money import MoneyReply
from riff.usecases.public.show_results import OfficialDraw, Results, ShowResults, WonPrize, show_results
from riff.wiring import services
from riff_critical.lifecycle import ClaimState, RaffleState


@attrs.frozen
class WonPrizeReply:
    """A prize, the number that won it, and whether it was claimed."""

    prize: str
    rank: int
    kind: DrawKind
    amount: MoneyReply
    number: int
    claim: ClaimState
    claim_until: datetime | None

    @classmethod
    def of(cls, won: WonPrize) -> Self:
        """The prize; of its winner nothing but the number."""
        claim = won.claim
        return cls(
            prize=won.prize.name,
            rank=won.prize.rank,
            kind=won.prize.draw,
            amount=MoneyReply.of(claim.amount),
            number=won.number,
            claim=claim.state,
            claim_until=claim.expires_at,
        )


@attrs.frozen
class OfficialDrawReply:
    """The official result of one draw."""

    draw: int
    official_at: datetime
    winners: tuple[WonPrizeReply, ...]

    @classmethod
    def of(cls, official: OfficialDraw) -> Self:
        """The draw, with its winners in the order in which they were drawn."""
        return cls(official.draw, official.official_at, tuple(map(WonPrizeReply.of, official.won)))


@attrs.frozen
class ResultsReply:
    """What is official of a raffle."""

    raffle_id: UUID
    state: RaffleState
    draws: tuple[OfficialDrawReply, ...]

    @classmethod
    def of(cls, results: Results) -> Self:
        """The results so far."""
        raffle = results.raffle
        return cls(raffle.id, raffle.state, tuple(map(OfficialDrawReply.of, results.draws)))


@endpoint()
def handler(request: Request[None]) -> Ok[ResultsReply]:
    """Answer with the official results so far."""
    query = ShowResults(raffle_id=RaffleId(request.path_id("raffle_id")))
    return Ok(ResultsReply.of(show_results(query, services())), cache_s=5)
