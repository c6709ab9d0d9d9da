"""Taking and returning money through a payment processor."""

from collections.abc import Mapping
from typing import Protocol

from riff.domain.checkout.charge import Charge, PaymentNotice
from riff.domain.identifiers import OrderId
from riff.domain.money import Money


class Payments(Protocol):
    """A payment processor.  Every call is safe to repeat: the order's name is the idempotency key.

    A decline is an answer and no error: it comes as a charge that is declined, from every call.
    """

    def charge(self, order_id: OrderId, amount: Money, method: str) -> Charge:
        """Take the amount once, however often this is called for the order.

        Raises:
            UnavailableError: the outcome is unknown; the money may have been taken.
            UnknownPaymentMethodError: the processor does not know the payment method; nothing was taken.
        """
        ...

    def find(self, order_id: OrderId, amount: Money) -> Charge | None:
        """The charge made for an order of that price, or None while none was tried.

        Raises:
            UnavailableError: the processor does not answer.
        """
        ...

    def abandon(self, order_id: OrderId, amount: Money) -> Charge | None:
        """Have nothing taken for an order from now on, whatever is still on its way to the processor.

        Returns:
            The charge as it stands: declined where it was given up, succeeded where that came too late,
            pending where the processor cannot give it up any more; None where there is none and never
            will be.

        Raises:
            UnavailableError: the processor does not answer; it may have given up or not.
        """
        ...

    def refund(self, charge: Charge) -> None:
        """Return the whole amount of a charge once, however often this is called.

        Where a part of it was returned before, at the processor's own desk, the rest is returned.  A refund
        that the processor accepted may still fail; a notice tells of it, and the next call asks anew.

        Raises:
            UnavailableError: the outcome is unknown.
        """
        ...

    def read_notice(self, headers: Mapping[str, str], body: bytes) -> PaymentNotice | None:
        """Check and read a notice.

        Args:
            headers: of the request, with lower-case names.
            body: the bytes as they arrived; the signature covers them.

        Returns:
            The notice; None where it is signed, and about nothing that concerns an order.

        Raises:
            NoticeRefusedError: the signature is absent, wrong or too old.
            InvalidRequestError: the notice is signed and cannot be understood.
        """
        ...
