"""Taking and returning money through a payment processor."""

from collections.abc import Mapping
from typing import Protocol

from riff.domain.checkout.charge import Charge, PaymentNotice
from riff.domain.identifiers import OrderId
from riff.domain.money import Money


class Payments(Protocol):
    """A payment processor.  Every call is safe to repeat: the order's name is the idempotency key."""

    def charge(self, order_id: OrderId, amount: Money, method: str) -> Charge:
        """Take the amount once, however often this is called for the order.

        Raises:
            UnavailableError: the outcome is unknown; the money may have been taken.
            InvalidRequestError: the processor does not know the payment method.
        """
        ...

    def find(self, order_id: OrderId) -> Charge | None:
        """The charge made for an order, or None when there is none.

        Raises:
            UnavailableError: the processor does not answer.
        """
        ...

    def refund(self, charge: Charge) -> None:
        """Return the whole amount of a charge once, however often this is called.

        Raises:
            UnavailableError: the outcome is unknown.
        """
        ...

    def read_notice(self, headers: Mapping[str, str], body: bytes) -> PaymentNotice:
        """Check and read a notice.

        Args:
            headers: of the request, with lower-case names.
            body: the bytes as they arrived; the signature covers them.

        Raises:
            NoticeRefusedError: the signature is absent, wrong or too old.
            InvalidRequestError: the notice is signed and cannot be understood.
        """
        ...
