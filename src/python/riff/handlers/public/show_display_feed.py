"""GET /raffles/{raffle_id}/display-feed: what a stadium's boards show, ready to print."""

from datetime import datetime
from typing import Self
from uuid import UUID

import attrs

from riff.domain.identifiers import RaffleId
from riff.domain.raffles.prize import DrawKind
from riff.handlers._runtime.http import Ok, Request, endpoint
from riff.handlers._runtime.shapes.jackpot import PrizeAmountReply
from riff.handlers._runtime.shapes.money import MoneyReply
from riff.usecases.public.show_display_feed import DisplayFeed, ShowDisplayFeed, show_display_feed
from riff.usecases.public.show_results import WonPrize
from riff.wiring import services
from riff_critical.lifecycle import RaffleState


@attrs.frozen
class DisplayResultReply:
    """A prize of an official result, and the number that won it."""

    prize: str
    rank: int
    draw: DrawKind
    number: int
    amount: MoneyReply

    @classmethod
    def of(cls, won: WonPrize) -> Self:
        """The prize; of its winner nothing but the number."""
        amount = MoneyReply.of(won.claim.amount)
        return cls(won.prize.name, won.prize.rank, won.prize.draw, won.number, amount)


@attrs.frozen
class DisplayFeedReply:
    """What a board shows; it computes nothing.

    Attributes:
        countdown: time left to buy, as `1:04:09`; absent while the raffle sells nothing.
        results: who won, in the order of the draws; none before it is official.
    """

    raffle_id: UUID
    name: str
    state: RaffleState
    as_of: datetime
    max_age_s: int
    opens_at: datetime
    closes_at: datetime
    seconds_left: int | None
    countdown: str | None
    estimate: bool
    jackpot: MoneyReply
    prizes: tuple[PrizeAmountReply, ...]
    results: tuple[DisplayResultReply, ...]

    @classmethod
    def of(cls, feed: DisplayFeed, max_age_s: int) -> Self:
        """The feed, written out."""
        found = feed.estimate
        return cls(
            raffle_id=found.raffle.id,
            name=found.raffle.name,
            state=found.raffle.state,
            as_of=found.at,
            max_age_s=max_age_s,
            opens_at=found.raffle.window.opens_at,
            closes_at=found.raffle.window.closes_at,
            seconds_left=feed.seconds_left,
            countdown=None if feed.seconds_left is None else _clock(feed.seconds_left),
            estimate=not found.is_final,
            jackpot=MoneyReply.of(found.jackpot),
            prizes=tuple(PrizeAmountReply.of(prize, amount) for prize, amount in found.prizes),
            results=tuple(DisplayResultReply.of(won) for draw in feed.results for won in draw.won),
        )


@endpoint(query=("format",))
def handler(request: Request[None]) -> Ok[DisplayFeedReply]:
    """Answer with the feed, in JSON or XML."""
    query = ShowDisplayFeed(raffle_id=RaffleId(request.path_id("raffle_id")))
    age_s = services().public.answer_age_s
    reply = DisplayFeedReply.of(show_display_feed(query, services()), age_s)
    return Ok(reply, cache_s=age_s, media=request.media("display_feed"), same_but_for=("as_of",))


def _clock(seconds: int) -> str:
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour}:{minute:02}:{second:02}"
