"""Show what a stadium's boards need of a raffle, in one answer."""

from datetime import timedelta

import attrs

from riff.domain.identifiers import RaffleId
from riff.ports.services import Services
from riff.usecases.public.show_jackpot import JackpotEstimate, ShowJackpot, show_jackpot
from riff_critical.lifecycle import RaffleState


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
    """

    estimate: JackpotEstimate
    seconds_left: int | None


def show_display_feed(query: ShowDisplayFeed, services: Services) -> DisplayFeed:
    """The raffle as it stands, with the time that is left to buy.

    Raises:
        NotFoundError: there is no such raffle, or it was never activated.
    """
    estimate = show_jackpot(ShowJackpot(query.raffle_id), services)
    raffle, now = estimate.raffle, estimate.at
    selling = raffle.state is RaffleState.ACTIVE and raffle.window.holds(now)
    # A begun second counts: the board shows 0:00:00 only when nothing can be bought any more.
    left = -((now - raffle.window.closes_at) // timedelta(seconds=1))
    return DisplayFeed(estimate, left if selling else None)
