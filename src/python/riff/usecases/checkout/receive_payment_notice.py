"""Receive a payment processor's notice: it may come early, late, twice, or never."""

from collections.abc import Mapping

import attrs

from riff.domain.audit.event_catalogue import EventKind
from riff.domain.checkout.charge import PaymentNotice
from riff.domain.checkout.checkout import RefundState
from riff.errors import NotFoundError
from riff.ports.services import Services
from riff.usecases.checkout.settle_payment import admitted, record, settle_payment


@attrs.frozen
class ReceivePaymentNotice:
    """A notice as it arrived.

    Attributes:
        headers: with lower-case names.
        body: the bytes that the signature covers.
    """

    headers: Mapping[str, str]
    body: bytes


def receive_payment_notice(command: ReceivePaymentNotice, services: Services) -> None:
    """Act upon what the notice tells, once.  Whatever it says again has no effect.

    A notice for an order that is not ours, or about something else, is accepted and dropped: repeating it
    would not help the processor.

    Raises:
        NoticeRefusedError: the signature is absent, wrong or too old.
        InvalidRequestError: the notice is signed and cannot be understood.
        UnavailableError: it could not be stored; the processor is to repeat it.
    """
    notice = services.payments.read_notice(command.headers, command.body)
    if notice is None:
        return
    try:
        if notice.refund_failed:
            _note_failed_refund(notice, services)
        elif notice.refunded:
            _note_refund(notice, services)
        else:
            settle_payment(notice.charge, services, notice)
    except NotFoundError:
        return


def _note_failed_refund(notice: PaymentNotice, services: Services) -> None:
    """A refund that was accepted has failed: the money is owed again, and the sweep returns it."""
    now = services.clock.now()
    with services.transactions.begin() as work:
        checkout = work.checkouts.lock(notice.charge.order_id)
        if checkout.refund is not RefundState.DONE or not admitted(notice, work, services):
            return
        owing = attrs.evolve(checkout, refund=RefundState.DUE)
        work.checkouts.update(owing)
        record(owing, EventKind.CHECKOUT_REFUND_DUE, notice.charge, now, work)


def _note_refund(notice: PaymentNotice, services: Services) -> None:
    """Money went back: because it was owed, or because somebody returned it at the processor's own desk.

    A debt is paid once the whole price has gone back; less than that only a desk returns.
    """
    now = services.clock.now()
    with services.transactions.begin() as work:
        checkout = work.checkouts.lock(notice.charge.order_id)
        if not admitted(notice, work, services) or checkout.refund is RefundState.DONE:
            return
        if checkout.refund is RefundState.NONE or notice.charge.amount.minor < checkout.price.minor:
            record(checkout, EventKind.CHECKOUT_REVERSED, notice.charge, now, work)
            return
        returned = attrs.evolve(checkout, refund=RefundState.DONE)
        work.checkouts.update(returned)
        record(returned, EventKind.CHECKOUT_REFUNDED, notice.charge, now, work)
