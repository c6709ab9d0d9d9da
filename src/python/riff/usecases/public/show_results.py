"""Show who won: the official result of a raffle, with what has become of each prize."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

import attrs

from riff.domain.draws.claim import Claim
from riff.domain.identifiers import RaffleId
from riff.domain.raffles.prize import Prize
from riff.domain.raffles.raffle import Raffle
from riff.domain.sales.ticket import numbering_of
from riff.ports.services import Services
from riff.ports.stores import Work
from riff.usecases.public.show_raffle import ShowRaffle, show_raffle


@attrs.frozen
class ShowResults:
    """Which raffle."""

    raffle_id: RaffleId


@attrs.frozen
class WonPrize:
    """A prize and the number that won it.

    Attributes:
        prize: what was won.
        number: the draw number, as it is printed.
        claim: the winner's part of it, and whether it was claimed.
    """

    prize: Prize
    number: int
    claim: Claim


@attrs.frozen
class OfficialDraw:
    """The official result of one draw.

    Attributes:
        draw: which draw, from 1.
        official_at: when the result became official.
        won: prizes in the order in which they were drawn.
    """

    draw: int
    official_at: datetime
    won: tuple[WonPrize, ...]


@attrs.frozen
class Results:
    """What is official of a raffle; a draw that is not official yet is not among its draws."""

    raffle: Raffle
    draws: tuple[OfficialDraw, ...]


def show_results(query: ShowResults, services: Services) -> Results:
    """The official results so far.

    Raises:
        NotFoundError: there is no such raffle, or it was never activated.
    """
    with services.transactions.begin() as work:
        setup = show_raffle(ShowRaffle(query.raffle_id), services)
        claims = work.claims.of_raffle(query.raffle_id)
        won = _won(setup.raffle, setup.prizes, claims, work)
    return Results(
        setup.raffle,
        tuple(
            OfficialDraw(draw, prizes[0].claim.opened_at, prizes)
            for draw, group in groupby(won, key=lambda each: each.claim.draw)
            for prizes in [tuple(group)]
        ),
    )


def _won(raffle: Raffle, prizes: Sequence[Prize], claims: Sequence[Claim], work: Work) -> list[WonPrize]:
    if not claims:
        return []
    known = {prize.id: prize for prize in prizes}
    numbering = numbering_of(raffle, work.raffles.keys(raffle.id))
    return [WonPrize(known[claim.prize_id], numbering.number(claim.slot), claim) for claim in claims]
