"""Receive a payment processor's notice: it may come early, late, twice, or never."""

from collections.abc import Mapping

import attrs

from riff.errors import NotFoundError
from riff.ports.services import Services
from riff.usecases.checkout.settle_payment import settle_payment


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
    """Settle the payment that the notice tells of.  Whatever it says again has no effect.

    A notice for an order that is not ours is accepted and dropped: repeating it would not help the processor.

    Raises:
        NoticeRefusedError: the signature is absent, wrong or too old.
        InvalidRequestError: the notice is signed and cannot be understood.
        UnavailableError: it could not be stored; the processor is to repeat it.
    """
    notice = services.payments.read_notice(command.headers, command.body)
    if notice.refunded:
        return
    try:
        settle_payment(notice.charge, services)
    except NotFoundError:
        return
    with services.transactions.begin() as work:
        work.checkouts.admit_notice(notice.id, notice.charge.order_id, services.clock.now())
