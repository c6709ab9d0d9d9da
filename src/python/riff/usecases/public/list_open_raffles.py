"""List the raffles that sell now."""

import attrs

from riff.domain.raffles.raffle import Raffle
from riff.ports.pages import Page, RafflePosition
from riff.ports.services import Services


@attrs.frozen
class ListOpenRaffles:
    """One page of the list.

    Attributes:
        after: the last raffle of the page before, or None for the first page.
        limit: how many at most.
    """

    after: RafflePosition | None
    limit: int


def list_open_raffles(query: ListOpenRaffles, services: Services) -> Page[Raffle]:
    """Raffles that are active and inside their sales window, soonest close first."""
    now = services.clock.now()
    with services.transactions.begin() as work:
        return work.raffles.on_sale(now, query.after, query.limit)
