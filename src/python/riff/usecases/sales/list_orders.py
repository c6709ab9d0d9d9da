"""List the orders of a raffle for the office, in pages; buyers stand in the single order only."""

import attrs

from riff.domain.accounts.actor import Actor
from riff.domain.identifiers import RaffleId
from riff.ports.order_book import BookedOrder, OrderPosition
from riff.ports.pages import Page
from riff.ports.services import Services


@attrs.frozen
class ListOrders:
    """Whose orders `actor` wants to see, and which part of the list.

    Attributes:
        actor: who asks.
        raffle_id: the raffle.
        after: where the part begins; None for the first.
        limit: how many orders at most.
    """

    actor: Actor
    raffle_id: RaffleId
    after: OrderPosition | None
    limit: int


def list_orders(query: ListOrders, services: Services) -> Page[BookedOrder]:
    """Orders with numbers, block by block.

    Raises:
        NotFoundError, NotPermittedError: no such raffle, or the actor may not see its orders.
    """
    with services.transactions.begin() as work:
        raffle = work.raffles.get(query.raffle_id)
        query.actor.require("orders:read", raffle.organization_id)
        return work.order_book.page(raffle.id, query.after, query.limit)
