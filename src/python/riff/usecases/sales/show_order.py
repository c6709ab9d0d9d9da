"""Show an order to the office: what was sold, what became of it, and what the processor told of it."""

import attrs

from riff.domain.accounts.actor import Actor
from riff.domain.checkout.charge import AdmittedNotice
from riff.domain.checkout.checkout import Checkout
from riff.domain.identifiers import OrderId, RaffleId
from riff.domain.raffles.raffle import Raffle
from riff.domain.sales.reprint import Reprint
from riff.domain.sales.sold_order import OrderVoid, SoldOrder
from riff.domain.sales.ticket import ticket_of
from riff.errors import NotFoundError
from riff.ports.services import Services
from riff.ports.stores import Work
from riff_critical.lifecycle import OrderState


@attrs.frozen
class ShowOrder:
    """Which order `actor` wants to see."""

    actor: Actor
    order_id: OrderId


@attrs.frozen
class OfficeOrder:
    """An order with everything that is on record about it, but not what proves its ticket.

    Attributes:
        order_id: its name.
        raffle_id: the raffle.
        state: where it stands.
        sold: the sale; None for an online order without numbers.
        numbers: draw numbers; empty without a sale.
        void: its void, if it has one.
        checkout: the online order; None for one that was sold at a counter.
        notices: what the payment processor told of it.
        reprints: copies of its ticket.
    """

    order_id: OrderId
    raffle_id: RaffleId
    state: OrderState
    sold: SoldOrder | None
    numbers: tuple[int, ...]
    void: OrderVoid | None
    checkout: Checkout | None
    notices: tuple[AdmittedNotice, ...]
    reprints: tuple[Reprint, ...]


def show_order(query: ShowOrder, services: Services) -> OfficeOrder:
    """The order as it stands.

    Raises:
        NotFoundError, NotPermittedError: no such order, or the actor may not see it.
    """
    with services.transactions.begin() as work:
        checkout, sold = _checkout(query.order_id, work), _sold(query.order_id, work)
        if checkout is not None:
            raffle = work.raffles.get(checkout.raffle_id)
        elif sold is not None:
            raffle = work.raffles.get(sold.raffle_id)
        else:
            raise NotFoundError("There is no such order.")
        query.actor.require("orders:read", raffle.organization_id)
        return _shown(query.order_id, raffle, sold, checkout, work)


def _shown(
    order_id: OrderId, raffle: Raffle, sold: SoldOrder | None, checkout: Checkout | None, work: Work
) -> OfficeOrder:
    void = None if sold is None else work.orders.void_of(order_id)
    state = OrderState.PAID if void is None else void.state
    return OfficeOrder(
        order_id=order_id,
        raffle_id=raffle.id,
        state=state if checkout is None else checkout.state,
        sold=sold,
        numbers=() if sold is None else ticket_of(sold, raffle, work.raffles.keys(raffle.id)).numbers,
        void=void,
        checkout=checkout,
        notices=() if checkout is None else work.checkouts.notices(order_id),
        reprints=() if sold is None else work.order_book.reprints(order_id),
    )


def _checkout(order_id: OrderId, work: Work) -> Checkout | None:
    try:
        return work.checkouts.get(order_id)
    except NotFoundError:
        return None


def _sold(order_id: OrderId, work: Work) -> SoldOrder | None:
    try:
        return work.orders.get(order_id)
    except NotFoundError:
        return None
