"""Take a whole order back, by a void or a refund.  Part of both operations (GLI-31 2.3.3).

Its numbers take part in no draw and are never sold again, and the jackpot follows with the same transaction.
What was paid online is owed back either way: whoever undoes such a sale cannot hand the money over a counter.
At a counter a void undoes the sale there and then, money included, and a refund has it handed back later;
both are the seller's to count.
"""

from datetime import datetime
from typing import Final

import attrs

from riff.domain.accounts.actor import Actor
from riff.domain.audit.event_catalogue import EventKind
from riff.domain.checkout.checkout import Checkout, RefundState
from riff.domain.identifiers import OrderId, StreamId
from riff.domain.raffles.raffle import Raffle
from riff.domain.sales.sold_order import OrderVoid, SoldOrder
from riff.errors import AlreadyVoidedError, StateRefusesError
from riff.ports.stores import Work
from riff.usecases.sales.allowance import return_value
from riff_critical.lifecycle import GuardUnsatisfiedError, OrderEvent, OrderState
from riff_critical.selling import Channel, voiding

_DECISIONS: Final = {OrderEvent.VOID: voiding.void, OrderEvent.REFUND: voiding.refund}
_PERMISSIONS: Final = {OrderEvent.VOID: "orders:void", OrderEvent.REFUND: "orders:refund"}
_EVENTS: Final = {OrderEvent.VOID: EventKind.ORDER_VOIDED, OrderEvent.REFUND: EventKind.ORDER_REFUNDED}


@attrs.frozen
class TakeBack:
    """What is taken back, to be written in the caller's transaction.

    Attributes:
        actor: who wants it.
        order_id: the order.
        reason: why, in words.
        how: by a void or a refund.
        at: the instant.
    """

    actor: Actor
    order_id: OrderId
    reason: str
    how: OrderEvent
    at: datetime


@attrs.frozen
class TakenBack:
    """An order that was taken back.

    Attributes:
        order: the sale.
        void: the fact that it is void.
        checkout: the online order behind it; None for one that was sold at a counter.
    """

    order: SoldOrder
    void: OrderVoid
    checkout: Checkout | None

    @property
    def refund(self) -> RefundState:
        """Whether the payment processor owes the money, or has returned it."""
        return RefundState.NONE if self.checkout is None else self.checkout.refund


def take_back(command: TakeBack, work: Work) -> TakenBack:
    """Write the void, what it does to the sums, and its events.

    Raises:
        NotFoundError, NotPermittedError: no such order with numbers, or the actor may not take it back.
        AlreadyVoidedError: it was taken back before.
        StateRefusesError: the raffle is past the states in which this can be done.
    """
    order = work.orders.get(command.order_id)
    # Locks are taken in the order checkout, raffle, block (docs/algorithms/locking.md).
    checkout = work.checkouts.lock(order.id) if order.channel is Channel.ONLINE else None
    raffle = work.raffles.lock(order.raffle_id)
    command.actor.require(_PERMISSIONS[command.how], raffle.organization_id)
    if work.orders.void_of(order.id) is not None:
        raise AlreadyVoidedError("The order is void already.", order=str(order.id))
    state = _decided(order, raffle, command, work)
    void = OrderVoid(order.id, command.reason, command.actor.label, command.at, state)
    work.orders.void(order, void)
    return_value(raffle, order.package_id, order.price.minor, work)
    owing = None if checkout is None else _owed(checkout, state, command, work)
    work.events.append(
        StreamId(raffle.id),
        _EVENTS[command.how],
        command.at,
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
    return TakenBack(order, void, owing)


def _decided(order: SoldOrder, raffle: Raffle, command: TakeBack, work: Work) -> OrderState:
    """The order's state once it is void, by the core's decision."""
    sold = voiding.SoldOrder(OrderState.PAID, order.count, order.price.minor)
    sales = work.blocks.subtotal(raffle.id).subtotal
    try:
        return _DECISIONS[command.how](sold, raffle.state, command.reason, sales).state
    except GuardUnsatisfiedError as error:
        raise StateRefusesError(
            f"An order of a raffle that is {raffle.state.value} cannot be taken back in this way.",
            state=raffle.state.value,
            action=command.how.value,
        ) from error


def _owed(checkout: Checkout, state: OrderState, command: TakeBack, work: Work) -> Checkout:
    owing = attrs.evolve(checkout, state=state, refund=RefundState.DUE)
    work.checkouts.update(owing)
    work.events.append(
        StreamId(checkout.id),
        EventKind.CHECKOUT_REFUND_DUE,
        command.at,
        command.actor.label,
        {"charge": checkout.charge_id, "amount": checkout.price.minor, "state": state.value},
    )
    return owing
