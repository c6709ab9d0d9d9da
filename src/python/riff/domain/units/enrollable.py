"""A raffle as a sales unit chooses it."""

import attrs

from riff.domain.identifiers import RaffleId
from riff.domain.raffles.window import SalesWindow


@attrs.frozen
class EnrollableRaffle:
    """A raffle that has numbers for sales units and has not closed.

    Attributes:
        id: the raffle.
        event_number: consecutive per organization.
        name: as the public knows it.
        window: when it sells.
    """

    id: RaffleId
    event_number: int
    name: str
    window: SalesWindow
