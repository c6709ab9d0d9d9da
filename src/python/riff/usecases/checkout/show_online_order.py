"""Show an online order to whoever knows its name, and its ticket to whoever proves to be the buyer.

Staff who may list orders are told their names, and get a validation number only with a copy that is on
record; so the name alone does not open the ticket.
"""

import attrs

from riff.domain.checkout.access_token import is_access_token
from riff.domain.checkout.checkout import Checkout
from riff.domain.identifiers import OrderId
from riff.domain.sales.ticket import Ticket, ticket_of
from riff.errors import NotFoundError
from riff.ports.services import Services
from riff.ports.stores import Work
from riff_critical.lifecycle import OrderState

_WITH_NUMBERS = frozenset({OrderState.PAID, OrderState.VOIDED, OrderState.REFUNDED})


@attrs.frozen
class ShowOnlineOrder:
    """Which order.

    Attributes:
        order_id: its name.
        access_token: what proves the buyer; None for somebody who only wants to see how it stands.
    """

    order_id: OrderId
    access_token: str | None = attrs.field(default=None, repr=False)


@attrs.frozen
class OnlineOrder:
    """An online order, with its ticket once it has one.

    Attributes:
        checkout: the order.
        ticket: what the buyer holds, once there is one.
        client_secret: what the buyer's browser needs to go on with the payment, where the processor has just
            said that it wants to see the buyer; stored nowhere.
        access_token: what proves the buyer from now on, told to whoever made the order; stored nowhere.
    """

    checkout: Checkout
    ticket: Ticket | None
    client_secret: str | None = attrs.field(default=None, repr=False)
    access_token: str | None = attrs.field(default=None, repr=False)


def show_online_order(query: ShowOnlineOrder, services: Services) -> OnlineOrder:
    """The order, for the buyer with its ticket once it has numbers.

    Raises:
        NotFoundError: there is no such order, or the token is that of no buyer of it.
    """
    with services.transactions.begin() as work:
        checkout = work.checkouts.get(query.order_id)
        if query.access_token is None:
            return OnlineOrder(checkout, None)
        if not is_access_token(query.access_token, work.raffles.keys(checkout.raffle_id), checkout.id):
            raise NotFoundError("There is no such order, or its access token is another one.")
        return online_order(checkout, work)


def online_order(checkout: Checkout, work: Work) -> OnlineOrder:
    """The order with the ticket that is stored for it, if any."""
    if checkout.state not in _WITH_NUMBERS:
        return OnlineOrder(checkout, None)
    raffle = work.raffles.get(checkout.raffle_id)
    sold, void = work.orders.get(checkout.id), work.orders.void_of(checkout.id)
    return OnlineOrder(checkout, ticket_of(sold, raffle, work.raffles.keys(raffle.id), void))
