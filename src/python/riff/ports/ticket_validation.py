"""The certified function that tells what a presented ticket is worth, wherever it runs."""

from datetime import datetime
from typing import Protocol

import attrs

from riff.domain.draws.claim import Claim, Verdict
from riff_critical.lifecycle import OrderState
from riff_critical.validation import BlockKey


@attrs.frozen
class IssuedOrder:
    """What decides about an order.

    Attributes:
        ordinal: its place in its block.
        state: where it stands.
        reprints: how often its ticket was printed again.
    """

    ordinal: int
    state: OrderState
    reprints: int


@attrs.frozen
class PresentedTicket:
    """A ticket as it is presented, with what the books say about it.

    Attributes:
        text: the validation number, as scanned or typed.
        presented_at: when.
        block: the block that the number names, if this raffle has it.
        order: the order that the block's key finds for the number, or None.
        claim: the order's claim to the prize, or None.
    """

    text: str = attrs.field(repr=False)
    presented_at: datetime
    block: BlockKey | None = attrs.field(repr=False)
    order: IssuedOrder | None
    claim: Claim | None


class TicketValidation(Protocol):
    """The certified function.  The same ticket always has the same verdict."""

    def verdict(self, ticket: PresentedTicket) -> Verdict:
        """What the ticket is worth.

        Raises:
            MisreadTicketError: the number cannot be one: it was misread, and must be read again.
            UnavailableError: the function cannot be reached; asking again is safe.
        """
        ...
