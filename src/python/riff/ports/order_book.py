"""Orders as the office sees them: in lists, with what became of them."""

from typing import Protocol

import attrs

from riff.domain.checkout.checkout import RequestKey
from riff.domain.identifiers import OrderId, RaffleId
from riff.domain.sales.reprint import Reprint
from riff.domain.sales.sold_order import OrderVoid, SoldOrder
from riff.ports.pages import Page


@attrs.frozen
class OrderPosition:
    """A place in the list of a raffle's orders: after the order there.

    Attributes:
        block_tag: number of its block within the raffle.
        first_slot: its first slot.
    """

    block_tag: int
    first_slot: int


@attrs.frozen
class BookedOrder:
    """An order that has numbers, and its void, if it has one."""

    order: SoldOrder
    void: OrderVoid | None


class OrderBook(Protocol):
    """The orders of a raffle that have numbers, and the copies of their tickets."""

    def page(self, raffle_id: RaffleId, after: OrderPosition | None, limit: int) -> Page[BookedOrder]:
        """Orders of a raffle, block by block, each block from its first number on."""
        ...

    def reprints(self, order_id: OrderId) -> tuple[Reprint, ...]:
        """The copies of a ticket, the first one first."""
        ...

    def add_reprint(self, reprint: Reprint, request: RequestKey) -> None:
        """Put a copy on record, with what recognises the retries of whoever asked for it.

        Raises:
            IntegrityFailureError: a copy of that number is on record.
        """
        ...

    def reprint_by(self, request: RequestKey) -> Reprint | None:
        """The copy that this request made before, or None.

        Raises:
            KeyReusedError: the key made a copy with another request.
        """
        ...
