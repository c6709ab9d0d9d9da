"""Let online orders expire that were not paid in time, once it is certain that nothing is taken for them.

The processor is told to give up first.  Only then is "there is no payment" an answer that stays true,
whatever request of a slow process is still on its way; and a payment that it cannot give up keeps the order
pending until its outcome is known, so that no money is lost sight of.
"""

from typing import Final

import attrs

from riff.domain.accounts.actor import SCHEDULE
from riff.domain.audit.event_catalogue import EventKind
from riff.domain.checkout.charge import ChargeState
from riff.domain.identifiers import OrderId, StreamId
from riff.ports.pages import JobPosition, Page
from riff.ports.runs import Run
from riff.ports.services import Services
from riff.usecases.batches import work_off
from riff.usecases.checkout.reservation import given_back
from riff.usecases.checkout.settle_payment import settle_payment
from riff_critical.lifecycle import ORDER, OrderEvent, OrderState, advance

_PAGE: Final = 100


@attrs.frozen
class ExpirePendingOrders:
    """How many orders are read at a time."""

    page: int = _PAGE


def expire_pending_orders(command: ExpirePendingOrders, services: Services, run: Run) -> None:
    """Conclude every order that has expired, as far as the time allows; two runs at once conclude it once."""
    now = services.clock.now()

    def expired(after: JobPosition | None) -> Page[JobPosition]:
        with services.transactions.begin() as work:
            return work.due.expired(now, after, command.page)

    work_off(expired, lambda place: place, lambda place: _conclude(OrderId(place.id), services), run)


def _conclude(order_id: OrderId, services: Services) -> str:
    with services.transactions.begin() as work:
        checkout = work.checkouts.get(order_id)
    charge = services.payments.abandon(order_id, checkout.price)
    if charge is None:
        return _expire(order_id, services)
    if charge.state is ChargeState.PENDING:
        return "pending at the processor"
    return settle_payment(charge, services).checkout.state.value


def _expire(order_id: OrderId, services: Services) -> str:
    now = services.clock.now()
    with services.transactions.begin() as work:
        checkout = work.checkouts.lock(order_id)
        if checkout.state is not OrderState.PENDING:
            return "concluded meanwhile"
        state = advance(ORDER, checkout.state, OrderEvent.EXPIRE)
        work.checkouts.update(attrs.evolve(given_back(checkout, work), state=state, concluded_at=now))
        facts = {"state": state.value, "price": checkout.price.minor}
        work.events.append(StreamId(order_id), EventKind.CHECKOUT_EXPIRED, now, SCHEDULE.label, facts)
        return state.value
