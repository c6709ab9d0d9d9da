"""Lists in pages."""

from datetime import datetime
from uuid import UUID

import attrs

from riff.domain.identifiers import RaffleId


@attrs.frozen
class RafflePosition:
    """A place in the list of raffles on sale: after the raffle that closes then and has that name."""

    closes_at: datetime
    raffle_id: RaffleId


@attrs.frozen
class EventPosition:
    """A place in the list of an organization's raffles: after the one with this event number."""

    event_number: int


@attrs.frozen
class JobPosition:
    """A place in a list that a job works off: after the thing of that instant and that name."""

    at: datetime
    id: UUID


@attrs.frozen
class CounterfoilPosition:
    """A place in the list of counterfoils: before the number of this slot."""

    slot: int


@attrs.frozen
class Page[Item]:
    """Part of a list.

    Attributes:
        items: this part.
        more: whether something follows the last item.
    """

    items: tuple[Item, ...]
    more: bool
