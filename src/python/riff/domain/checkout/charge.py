"""What a payment processor knows of a payment."""

from datetime import datetime
from enum import StrEnum

import attrs

from riff.domain.identifiers import OrderId
from riff.domain.instants import aware_utc
from riff.domain.money import Money


class ChargeState(StrEnum):
    """Whether the money was taken."""

    SUCCEEDED = "succeeded"
    PENDING = "pending"
    DECLINED = "declined"


@attrs.frozen
class Charge:
    """One payment for one order, whoever reports it.

    Attributes:
        id: the processor's name for the payment.
        order_id: what it pays.
        amount: what was taken, or is to be taken.
        state: whether it was taken.
        client_secret: what the buyer's browser needs to go on with a pending payment at the processor, where
            the processor wants to see the buyer; None otherwise.
    """

    id: str
    order_id: OrderId
    amount: Money
    state: ChargeState
    client_secret: str | None = attrs.field(default=None, repr=False)


@attrs.frozen
class PaymentNotice:
    """A processor's signed message that something happened to a charge.

    Attributes:
        id: the processor's name for the message; the same message may come again.
        charge: the charge as the processor described it; where it was refunded, its amount is what has gone
            back of it so far, in one refund or several.
        refunded: whether the message says that money of the charge went back.
        refund_failed: whether it says that a refund that we asked for did not reach the buyer after all; the
            amount of the charge is then what that refund was to return.
    """

    id: str
    charge: Charge
    refunded: bool
    refund_failed: bool = False

    @property
    def told(self) -> str:
        """What the message says in a word: that the money was taken, declined, is pending, or went back.

        Money whose refund failed is still taken.
        """
        return "refunded" if self.refunded else self.charge.state.value


@attrs.frozen
class AdmittedNotice:
    """A processor's message that was acted upon, so that it is never acted upon again.

    Attributes:
        id: the processor's name for the message.
        order_id: the order it is about.
        told: what it said, in a word.
        admitted_at: when it was acted upon.
    """

    id: str
    order_id: OrderId
    told: str
    admitted_at: datetime = attrs.field(validator=aware_utc)
