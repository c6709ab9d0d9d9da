"""Show a raffle to the public."""

import attrs

from riff.domain.identifiers import RaffleId
from riff.domain.raffles.raffle import Raffle
from riff.domain.raffles.setup import RaffleSetup
from riff.errors import NotFoundError
from riff.ports.services import Services
from riff.ports.stores import Work
from riff_critical.lifecycle import RaffleState

# A raffle that was cancelled stays visible: its buyers must read that it was.
_HIDDEN = frozenset({RaffleState.DRAFT, RaffleState.CONFIGURED})


@attrs.frozen
class ShowRaffle:
    """Which raffle."""

    raffle_id: RaffleId


def show_raffle(query: ShowRaffle, services: Services) -> RaffleSetup:
    """A raffle with packages and prizes, from its activation on.

    Raises:
        NotFoundError: there is no such raffle, or it was never activated.
    """
    with services.transactions.begin() as work:
        raffle = visible_raffle(query.raffle_id, work)
        return RaffleSetup(raffle, work.raffles.packages(raffle.id), work.raffles.prizes(raffle.id))


def visible_raffle(raffle_id: RaffleId, work: Work) -> Raffle:
    """A raffle that anyone may see.

    Raises:
        NotFoundError: there is no such raffle, or it was never activated.
    """
    raffle = work.raffles.get(raffle_id)
    if raffle.state in _HIDDEN:
        raise NotFoundError("There is no such raffle.")
    return raffle
