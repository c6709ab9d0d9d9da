"""Online orders, from their opening to their settled payment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from riff.domain.checkout.charge import AdmittedNotice
    from riff.domain.checkout.checkout import Checkout, RequestKey
    from riff.domain.identifiers import OrderId
    from riff.domain.raffles.purchase_limit import Purchase


class CheckoutStore(Protocol):
    """Online orders."""

    def open(self, checkout: Checkout) -> Checkout:
        """Store a new online order, or return the one that the same request opened before.

        Raises:
            KeyReusedError: the key opened an order with another request.
        """
        ...

    def opened_by(self, request: RequestKey) -> Checkout | None:
        """The online order that this request opened before, or None.

        Raises:
            KeyReusedError: the key opened an order with another request.
        """
        ...

    def get(self, order_id: OrderId) -> Checkout:
        """An online order.

        Raises:
            NotFoundError: there is none of that name.
        """
        ...

    def lock(self, order_id: OrderId) -> Checkout:
        """An online order that nobody else changes until the transaction ends.

        Raises:
            NotFoundError: there is none of that name.
        """
        ...

    def update(self, checkout: Checkout) -> None:
        """Store state, charge, refund and conclusion of an online order that this transaction has locked."""
        ...

    def purchases_beside(self, checkout: Checkout) -> tuple[Purchase, ...]:
        """The other orders of the raffle under the buyer's key that are paid or wait for their payment.

        Nobody else buys under that key until the transaction ends.  Their instants are at most that of this
        order, since each of them was made before it, whatever the clock of its seller said.
        """
        ...

    def admit_notice(self, notice: AdmittedNotice) -> bool:
        """Remember a notice; False when one of that name was remembered before."""
        ...

    def notices(self, order_id: OrderId) -> tuple[AdmittedNotice, ...]:
        """The notices about an order that were acted upon, oldest first."""
        ...
