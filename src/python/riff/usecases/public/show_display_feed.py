"""Show what a stadium's boards need of a raffle, in one answer."""

from datetime import timedelta
from typing import Final

import attrs

from riff.domain.identifiers import RaffleId
from riff.ports.services import Services
from riff.usecases.public.show_jackpot import JackpotEstimate, ShowJackpot, show_jackpot
from riff.usecases.public.show_results import OfficialDraw, ShowResults, show_results
from riff_critical.lifecycle import RaffleState

# Before these there is no result, and boards ask every other second.
_DRAWN: Final = frozenset({RaffleState.DRAWING, RaffleState.COMPLETED})


@attrs.frozen
class ShowDisplayFeed:
    """Which raffle."""

    raffle_id: RaffleId


@attrs.frozen
class DisplayFeed:
    """What a board shows.

    Attributes:
        estimate: the raffle, and what its prizes come to.
        seconds_left: whole seconds until the sales end; None while the raffle sells nothing.
        results: the draws that are official, in their order.
    """

    estimate: JackpotEstimate
    seconds_left: int | None
    results: tuple[OfficialDraw, ...]


def show_display_feed(query: ShowDisplayFeed, services: Services) -> DisplayFeed:
    """The raffle as it stands, with the time that is left to buy, and who won once it is official.

    Raises:
        NotFoundError: there is no such raffle, or it was never activated.
    """
    estimate = show_jackpot(ShowJackpot(query.raffle_id), services)
    raffle, now = estimate.raffle, estimate.at
    selling = raffle.state is RaffleState.ACTIVE and raffle.window.holds(now)
    # A begun second counts: the board shows 0:00:00 only when nothing can be bought any more.
    left = -((now - raffle.window.closes_at) // timedelta(seconds=1))
    drawn = raffle.state in _DRAWN
    results = show_results(ShowResults(raffle.id), services).draws if drawn else ()
    return DisplayFeed(estimate, left if selling else None, results)
