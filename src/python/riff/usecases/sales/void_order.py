"""Void an order: its numbers take part in no draw and are never sold again (GLI-31 2.3.3)."""

import attrs

from riff.domain.accounts.actor import Actor
from riff.domain.audit.event_catalogue import EventKind
from riff.domain.identifiers import OrderId, StreamId
from riff.domain.raffles.raffle import Raffle
from riff.domain.sales.sold_order import OrderVoid, SoldOrder
from riff.errors import AlreadyVoidedError, StateRefusesError
from riff.ports.services import Services
from riff.ports.stores import Work
from riff_critical import selling
from riff_critical.lifecycle import GuardUnsatisfiedError, OrderState
from riff_critical.selling import Channel


@attrs.frozen
class VoidOrder:
    """Which order `actor` wants void, and why."""

    actor: Actor
    order_id: OrderId
    reason: str


@attrs.frozen
class VoidedOrder:
    """An order, and the fact that it is void."""

    order: SoldOrder
    void: OrderVoid


def void_order(command: VoidOrder, services: Services) -> VoidedOrder:
    """Void an order whole; the jackpot follows with the same transaction.

    Raises:
        NotFoundError, NotPermittedError: no such order with numbers, or the actor may not void it.
        AlreadyVoidedError: it is void already.
        StateRefusesError: the raffle is past the states in which orders can be voided.
    """
    now = services.clock.now()
    with services.transactions.begin() as work:
        order = work.orders.get(command.order_id)
        # Locks are taken in the order checkout, raffle, block (docs/algorithms/locking.md).
        checkout = work.checkouts.lock(order.id) if order.channel is Channel.ONLINE else None
        raffle = work.raffles.lock(order.raffle_id)
        command.actor.require("orders:void", raffle.organization_id)
        if work.orders.void_of(order.id) is not None:
            raise AlreadyVoidedError("The order is void already.", order=str(order.id))
        state = _voided(order, raffle, command.reason, work)
        void = OrderVoid(order.id, command.reason, command.actor.label, now)
        work.orders.void(order, void)
        if checkout is not None:
            work.checkouts.update(attrs.evolve(checkout, state=state))
        work.events.append(
            StreamId(raffle.id),
            EventKind.ORDER_VOIDED,
            now,
            command.actor.label,
            {
                "order": str(order.id),
                "block": str(order.block_id),
                "first_slot": order.first_slot,
                "end_slot": order.end_slot,
                "amount": order.price.minor,
                "reason": command.reason,
            },
        )
        return VoidedOrder(order, void)


def _voided(order: SoldOrder, raffle: Raffle, reason: str, work: Work) -> OrderState:
    """The order's state once it is void, by the core's decision."""
    sold = selling.SoldOrder(OrderState.PAID, order.count, order.price.minor)
    sales = work.blocks.subtotal(raffle.id).subtotal
    try:
        return selling.void(sold, raffle.state, reason, sales).state
    except GuardUnsatisfiedError as error:
        raise StateRefusesError(
            f"An order of a raffle that is {raffle.state.value} cannot be voided.",
            state=raffle.state.value,
            action="void",
        ) from error
