"""Ask the payment processor about orders whose payment is unknown, and return money that is still owed back.

What browser and notice settle is settled long before; this finds the rest: the process that was killed after
the charge, the notice that never came, the refund that the processor did not take.
"""

from datetime import timedelta
from typing import Final

import attrs

from riff.domain.checkout.charge import Charge, ChargeState
from riff.domain.checkout.checkout import RefundState
from riff.domain.identifiers import OrderId
from riff.errors import IntegrityFailureError
from riff.ports.pages import JobPosition, Page
from riff.ports.runs import Run
from riff.ports.services import Services
from riff.usecases.batches import work_off
from riff.usecases.checkout.settle_payment import return_payment, settle_payment

# Browser and notice are given the first word; asking earlier would only ask in vain.
_PATIENCE: Final = timedelta(minutes=2)
_PAGE: Final = 100


@attrs.frozen
class SettleUnknownPayments:
    """How old a pending order is when the processor is asked about it."""

    patience: timedelta = _PATIENCE
    page: int = _PAGE


def settle_unknown_payments(command: SettleUnknownPayments, services: Services, run: Run) -> None:
    """Settle what the processor knows of each pending order, as far as the time allows.

    Two runs at once ask twice and settle once: the order's row is locked, and money goes back under the
    charge's own name.
    """

    def owing(after: JobPosition | None) -> Page[JobPosition]:
        with services.transactions.begin() as work:
            return work.due.owing(after, command.page)

    def unsettled(after: JobPosition | None) -> Page[JobPosition]:
        with services.transactions.begin() as work:
            return work.due.unsettled(opened_by, after, command.page)

    opened_by = services.clock.now() - command.patience
    # A pending order loses its numbers when it expires; a debt has no such hour, so debts come last.
    work_off(unsettled, _itself, lambda place: _settle(OrderId(place.id), services), run)
    work_off(owing, _itself, lambda place: _return(OrderId(place.id), services), run)


def _settle(order_id: OrderId, services: Services) -> str:
    with services.transactions.begin() as work:
        checkout = work.checkouts.get(order_id)
    charge = services.payments.find(order_id, checkout.price)
    if charge is None:
        return "without a payment"
    if charge.state is ChargeState.PENDING:
        return "pending at the processor"
    return settle_payment(charge, services).checkout.state.value


def _return(order_id: OrderId, services: Services) -> str:
    with services.transactions.begin() as work:
        checkout = work.checkouts.get(order_id)
    if checkout.charge_id is None:
        raise IntegrityFailureError("Money is owed back for an order that has no payment.")
    charge = Charge(checkout.charge_id, order_id, checkout.price, ChargeState.SUCCEEDED)
    returned = return_payment(order_id, charge, services)
    return "returned" if returned.refund is RefundState.DONE else "still owed"


def _itself(place: JobPosition) -> JobPosition:
    return place
