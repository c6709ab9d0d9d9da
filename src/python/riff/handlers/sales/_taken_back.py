"""What is told of an order that was taken back, by a void or a refund."""

from datetime import datetime
from typing import Self
from uuid import UUID

import attrs

from riff.domain.checkout.checkout import RefundState
from riff.handlers._runtime.shapes.money import MoneyReply
from riff.usecases.sales.take_back import TakenBack


@attrs.frozen
class VoidReply:
    """The fact that an order is void.

    Attributes:
        order_id: the order.
        raffle_id: its raffle.
        numbers: how many draw numbers are void with it.
        amount: what comes off the sales.
        refund: whether the payment processor owes the money or has returned it; none where it was paid at a
            counter, and is handed back there.
        reason: why, in words.
        voided_at: since when.
    """

    order_id: UUID
    raffle_id: UUID
    numbers: int
    amount: MoneyReply
    refund: RefundState
    reason: str
    voided_at: datetime

    @classmethod
    def of(cls, taken: TakenBack) -> Self:
        """The void, with what it takes off the sales."""
        order, void = taken.order, taken.void
        return cls(
            order_id=order.id,
            raffle_id=order.raffle_id,
            numbers=order.count,
            amount=MoneyReply.of(order.price),
            refund=taken.refund,
            reason=void.reason,
            voided_at=void.voided_at,
        )
