"""Settle the payment of an online order, whoever learns of it first: browser, processor's notice, or sweep.

The order is locked, so that of several callers one acts and the others find it concluded.  A notice is
remembered in the transaction that acts upon it, so that it acts once, however often it comes.
"""

from datetime import datetime

import attrs

from riff.domain.accounts.actor import PAYMENT_PROCESSOR
from riff.domain.audit.event_catalogue import EventKind
from riff.domain.audit.significant_event import Fact
from riff.domain.checkout.charge import AdmittedNotice, Charge, ChargeState, PaymentNotice
from riff.domain.checkout.checkout import Checkout, RefundState
from riff.domain.identifiers import OrderId, StreamId
from riff.domain.sales.leased_block import LeasedBlock
from riff.domain.sales.ticket import ticket_of
from riff.errors import IntegrityFailureError, RangeExhaustedError, SalesClosedError, UnavailableError
from riff.ports.services import Services
from riff.ports.stores import Work
from riff.usecases.checkout.reservation import given_back
from riff.usecases.checkout.show_online_order import OnlineOrder, online_order
from riff.usecases.sales.sell_run import SellRun, sell_run
from riff_critical.lifecycle import ORDER, Guard, OrderEvent, OrderState, advance
from riff_critical.selling import Channel


def settle_payment(charge: Charge, services: Services, notice: PaymentNotice | None = None) -> OnlineOrder:
    """Give the order its numbers, or record why it gets none; repeating it changes nothing.

    A payment that becomes known after the expiry or the close, or when no numbers are left, is refunded.

    Args:
        charge: the payment as the processor described it.
        services: what the operation uses.
        notice: the notice that told of it, if one did.

    Raises:
        NotFoundError: there is no such order.
        IntegrityFailureError: the processor took another amount than the order's price.
        UnavailableError: the database cannot be reached, or the outcome of the commit is unknown.
    """
    lease: LeasedBlock | None = None
    checkout: Checkout | None = None
    try:
        with services.transactions.begin() as work:
            checkout = work.checkouts.lock(charge.order_id)
            if notice is not None and not admitted(notice, work, services):
                return online_order(checkout, work)
            order, lease = _settle(checkout, charge, work, services)
    except BaseException:
        if checkout is not None:
            services.leases.drop(checkout.raffle_id)
        raise
    if lease is not None:
        services.leases.hold(lease)
    if order.checkout.refund is RefundState.DUE:
        return attrs.evolve(order, checkout=return_payment(checkout.id, charge, services))
    return order


def admitted(notice: PaymentNotice, work: Work, services: Services) -> bool:
    """Whether the notice is to be acted upon, in this transaction; False when one was before."""
    now = services.clock.now()
    return work.checkouts.admit_notice(AdmittedNotice(notice.id, notice.charge.order_id, notice.told, now))


def return_payment(order_id: OrderId, charge: Charge, services: Services) -> Checkout:
    """Return a payment that is owed back; an order whose refund fails now keeps owing it.

    Raises:
        NotFoundError: there is no such order.
    """
    try:
        services.payments.refund(charge)
        returned = True
    except UnavailableError:
        returned = False
    with services.transactions.begin() as work:
        checkout = work.checkouts.lock(order_id)
        if not returned or checkout.refund is not RefundState.DUE:
            return checkout
        checkout = attrs.evolve(checkout, refund=RefundState.DONE)
        work.checkouts.update(checkout)
        record(checkout, EventKind.CHECKOUT_REFUNDED, charge, services.clock.now(), work)
        return checkout


def _settle(
    checkout: Checkout, charge: Charge, work: Work, services: Services
) -> tuple[OnlineOrder, LeasedBlock | None]:
    if charge.state is ChargeState.PENDING:
        waiting = charge.client_secret if checkout.state is OrderState.PENDING else None
        return attrs.evolve(online_order(checkout, work), client_secret=waiting), None
    if charge.amount != checkout.price:
        raise IntegrityFailureError("The payment's amount differs from the order's price.")
    now = services.clock.now()
    if checkout.state is not OrderState.PENDING:
        return online_order(_after_conclusion(checkout, charge, now, work), work), None
    if charge.state is ChargeState.DECLINED:
        return OnlineOrder(_conclude(checkout, OrderEvent.FAIL, charge, now, work), None), None
    try:
        return _sell(checkout, charge, now, work, services)
    except (SalesClosedError, RangeExhaustedError):
        return OnlineOrder(_owe(checkout, charge, now, work), None), None


def _sell(
    checkout: Checkout, charge: Charge, now: datetime, work: Work, services: Services
) -> tuple[OnlineOrder, LeasedBlock | None]:
    """Give the order its numbers, unless it has expired."""
    raffle = work.raffles.get(checkout.raffle_id)
    raffle.require_selling(now)
    if now >= checkout.expires_at:
        return OnlineOrder(_owe(checkout, charge, now, work), None), None
    sold, lease = sell_run(
        SellRun(
            order_id=checkout.id,
            raffle=raffle,
            channel=Channel.ONLINE,
            package_id=checkout.package_id,
            count=checkout.numbers,
            price=checkout.price,
            actor=PAYMENT_PROCESSOR,
            at=now,
        ),
        work,
        services,
    )
    paid = _conclude(checkout, OrderEvent.PAY, charge, now, work)
    return OnlineOrder(paid, ticket_of(sold, raffle, work.raffles.keys(raffle.id))), lease


def _conclude(checkout: Checkout, event: OrderEvent, charge: Charge, now: datetime, work: Work) -> Checkout:
    satisfied = {Guard.PAYMENT_CONFIRMED, Guard.SALES_OPEN, Guard.ORDER_UNEXPIRED}
    state = advance(ORDER, checkout.state, event, satisfied if event is OrderEvent.PAY else frozenset())
    held = given_back(checkout, work) if event is OrderEvent.FAIL else checkout
    concluded = attrs.evolve(held, state=state, charge_id=charge.id, concluded_at=now)
    work.checkouts.update(concluded)
    if event is OrderEvent.FAIL:
        record(concluded, EventKind.CHECKOUT_DECLINED, charge, now, work)
    return concluded


def _owe(checkout: Checkout, charge: Charge, now: datetime, work: Work) -> Checkout:
    expired = attrs.evolve(
        given_back(checkout, work),
        state=advance(ORDER, checkout.state, OrderEvent.EXPIRE),
        charge_id=charge.id,
        refund=RefundState.DUE,
        concluded_at=now,
    )
    work.checkouts.update(expired)
    record(expired, EventKind.CHECKOUT_REFUND_DUE, charge, now, work)
    return expired


def _after_conclusion(checkout: Checkout, charge: Charge, now: datetime, work: Work) -> Checkout:
    """Money taken for an order that had failed or expired before is owed back too, once."""
    without_numbers = checkout.state in (OrderState.FAILED, OrderState.EXPIRED)
    taken = charge.state is ChargeState.SUCCEEDED
    if not (without_numbers and taken) or checkout.refund is not RefundState.NONE:
        return checkout
    owing = attrs.evolve(checkout, charge_id=charge.id, refund=RefundState.DUE)
    work.checkouts.update(owing)
    record(owing, EventKind.CHECKOUT_REFUND_DUE, charge, now, work)
    return owing


def record(checkout: Checkout, kind: EventKind, charge: Charge, now: datetime, work: Work) -> None:
    """Write down what became of a payment, in the order's stream."""
    facts: dict[str, Fact] = {
        "charge": charge.id,
        "amount": charge.amount.minor,
        "state": checkout.state.value,
    }
    work.events.append(StreamId(checkout.id), kind, now, PAYMENT_PROCESSOR.label, facts)
