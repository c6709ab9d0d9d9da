"""Show an online order to whoever knows its unguessable name."""

import attrs

from riff.domain.checkout.checkout import Checkout
from riff.domain.identifiers import OrderId
from riff.domain.sales.ticket import Ticket, ticket_of
from riff.ports.services import Services
from riff.ports.stores import Work
from riff_critical.lifecycle import OrderState

_WITH_NUMBERS = frozenset({OrderState.PAID, OrderState.VOIDED, OrderState.REFUNDED})


@attrs.frozen
class ShowOnlineOrder:
    """Which order."""

    order_id: OrderId


@attrs.frozen
class OnlineOrder:
    """An online order, with its ticket once it has one.

    Attributes:
        checkout: the order.
        ticket: what the buyer holds, once there is one.
        client_secret: what the buyer's browser needs to go on with the payment, where the processor has just
            said that it wants to see the buyer; stored nowhere.
    """

    checkout: Checkout
    ticket: Ticket | None
    client_secret: str | None = attrs.field(default=None, repr=False)


def show_online_order(query: ShowOnlineOrder, services: Services) -> OnlineOrder:
    """The order, with its ticket once it has numbers.

    Raises:
        NotFoundError: there is no such order.
    """
    with services.transactions.begin() as work:
        return online_order(work.checkouts.get(query.order_id), work)


def online_order(checkout: Checkout, work: Work) -> OnlineOrder:
    """The order with the ticket that is stored for it, if any."""
    if checkout.state not in _WITH_NUMBERS:
        return OnlineOrder(checkout, None)
    raffle = work.raffles.get(checkout.raffle_id)
    sold, void = work.orders.get(checkout.id), work.orders.void_of(checkout.id)
    return OnlineOrder(checkout, ticket_of(sold, raffle, work.raffles.keys(raffle.id), void))
