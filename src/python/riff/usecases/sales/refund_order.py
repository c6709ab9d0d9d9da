"""Refund an order: its numbers are void, and its money goes back (GLI-31 2.3.3, 2.6.3).

One transaction takes the order back and owes the money, under the caller's key; the processor is asked after
it, under the charge's own key.  A crash in between leaves money that is owed, and the sweep returns it.
"""

import json

import attrs

from riff.domain.accounts.actor import Actor
from riff.domain.checkout.charge import Charge, ChargeState
from riff.domain.checkout.checkout import Checkout, RefundState, RequestKey
from riff.domain.identifiers import OrderId
from riff.errors import IntegrityFailureError
from riff.ports.replies import StoredReply
from riff.ports.services import Services
from riff.ports.stores import Work
from riff.usecases.checkout.settle_payment import return_payment
from riff.usecases.sales.take_back import TakeBack, TakenBack, take_back
from riff_critical.lifecycle import OrderEvent
from riff_critical.selling import Channel

_DONE = 200


@attrs.frozen
class RefundOrder:
    """Which order `actor` wants refunded, and why.

    Attributes:
        actor: who asks.
        order_id: the order.
        reason: why, in words.
        request: recognises the caller's retries.
    """

    actor: Actor
    order_id: OrderId
    reason: str
    request: RequestKey


def refund_order(command: RefundOrder, services: Services) -> TakenBack:
    """Take an order back and return its money, once, however often the request arrives.

    Money that was paid at a counter is handed back there; money that the processor cannot return just now
    stays due, and is returned within minutes.

    Raises:
        NotFoundError, NotPermittedError: no such order with numbers, or the actor may not refund it.
        AlreadyVoidedError: it was taken back before, by another request.
        StateRefusesError: the raffle is past the states in which orders can be refunded.
        KeyReusedError: the key belongs to another request.
    """
    with services.transactions.begin() as work:
        refunded = _taken_back(command, work, services)
    checkout = refunded.checkout
    if checkout is None or checkout.refund is not RefundState.DUE:
        return refunded
    return attrs.evolve(refunded, checkout=return_payment(checkout.id, _charge(checkout), services))


def _taken_back(command: RefundOrder, work: Work, services: Services) -> TakenBack:
    now = services.clock.now()
    if work.commands.claim(command.request, now) is not None:
        return _as_it_stands(command, work)
    wanted = TakeBack(command.actor, command.order_id, command.reason, OrderEvent.REFUND, now)
    refunded = take_back(wanted, work)
    work.commands.answer(command.request, StoredReply(_DONE, json.dumps({"order_id": str(command.order_id)})))
    return refunded


def _as_it_stands(command: RefundOrder, work: Work) -> TakenBack:
    """The order that an earlier request with the same key took back."""
    order, void = work.orders.get(command.order_id), work.orders.void_of(command.order_id)
    raffle = work.raffles.get(order.raffle_id)
    command.actor.require("orders:refund", raffle.organization_id)
    if void is None:
        raise IntegrityFailureError("The order that was refunded under this key is not void.")
    checkout = work.checkouts.get(order.id) if order.channel is Channel.ONLINE else None
    return TakenBack(order, void, checkout)


def _charge(checkout: Checkout) -> Charge:
    if checkout.charge_id is None:
        raise IntegrityFailureError("Money is owed back for an order that has no payment.")
    return Charge(checkout.charge_id, checkout.id, checkout.price, ChargeState.SUCCEEDED)
