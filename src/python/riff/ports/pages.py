"""Lists in pages."""

from datetime import datetime

import attrs

from riff.domain.identifiers import RaffleId


@attrs.frozen
class RafflePosition:
    """A place in the list of raffles on sale: after the raffle that closes then and has that name."""

    closes_at: datetime
    raffle_id: RaffleId


@attrs.frozen
class Page[Item]:
    """Part of a list.

    Attributes:
        items: this part.
        more: whether something follows the last item.
    """

    items: tuple[Item, ...]
    more: bool
