"""Storage of sales in which a person takes the money."""

from typing import Protocol

from riff.domain.checkout.checkout import RequestKey
from riff.domain.identifiers import OrderId, RaffleId
from riff.domain.sales.attended_sale import AttendedSale, Takings


class AttendedSaleStore(Protocol):
    """Attended sales: inserted with their order, never changed."""

    def add(self, sale: AttendedSale, request: RequestKey | None) -> None:
        """Store what is known of an order that this transaction has sold.

        Args:
            sale: what is known.
            request: recognises the seller's retries; None for a sale that was made out of reach.
        """
        ...

    def sold_by(self, request: RequestKey) -> AttendedSale | None:
        """The sale that this request made before, or None.

        Raises:
            KeyReusedError: the key made a sale with another request.
        """
        ...

    def find(self, order_id: OrderId) -> AttendedSale | None:
        """What is known of an order, or None where nobody attended to it."""
        ...

    def takings(self, raffle_id: RaffleId) -> tuple[Takings, ...]:
        """What each seller of the raffle has taken, in the order of their names."""
        ...

    def taken_by(self, raffle_id: RaffleId, seller: str) -> Takings | None:
        """What one seller of the raffle has taken, or None without an order."""
        ...
