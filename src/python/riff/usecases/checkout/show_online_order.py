"""Show an online order to whoever knows its unguessable name."""

import attrs

from riff.domain.identifiers import OrderId
from riff.domain.sales.ticket import ticket_of
from riff.ports.services import Services
from riff.usecases.checkout.settle_payment import OnlineOrder
from riff_critical.lifecycle import OrderState

_WITH_NUMBERS = frozenset({OrderState.PAID, OrderState.VOIDED, OrderState.REFUNDED})


@attrs.frozen
class ShowOnlineOrder:
    """Which order."""

    order_id: OrderId


def show_online_order(query: ShowOnlineOrder, services: Services) -> OnlineOrder:
    """The order, with its ticket once it has numbers.

    Raises:
        NotFoundError: there is no such order.
    """
    with services.transactions.begin() as work:
        checkout = work.checkouts.get(query.order_id)
        if checkout.state not in _WITH_NUMBERS:
            return OnlineOrder(checkout, None)
        raffle = work.raffles.get(checkout.raffle_id)
        sold, void = work.orders.get(checkout.id), work.orders.void_of(checkout.id)
        return OnlineOrder(checkout, ticket_of(sold, raffle, work.raffles.keys(raffle.id), void))
