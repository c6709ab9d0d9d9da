"""Void an order: its numbers take part in no draw and are never sold again (GLI-31 2.3.3)."""

import attrs

from riff.domain.accounts.actor import Actor
from riff.domain.identifiers import OrderId
from riff.ports.services import Services
from riff.usecases.sales.take_back import TakeBack, TakenBack, take_back
from riff_critical.lifecycle import OrderEvent


@attrs.frozen
class VoidOrder:
    """Which order `actor` wants void, and why."""

    actor: Actor
    order_id: OrderId
    reason: str


def void_order(command: VoidOrder, services: Services) -> TakenBack:
    """Void an order whole; the jackpot follows with the same transaction.

    What was paid online is owed back from then on, and returned within minutes.

    Raises:
        NotFoundError, NotPermittedError: no such order with numbers, or the actor may not void it.
        AlreadyVoidedError: it is void already.
        StateRefusesError: the raffle is past the states in which orders can be voided.
    """
    wanted = TakeBack(command.actor, command.order_id, command.reason, OrderEvent.VOID, services.clock.now())
    with services.transactions.begin() as work:
        return take_back(wanted, work)
