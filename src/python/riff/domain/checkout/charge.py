"""What a payment processor knows of a payment."""

from enum import StrEnum

import attrs

from riff.domain.identifiers import OrderId
from riff.domain.money import Money


class ChargeState(StrEnum):
    """Whether the money was taken."""

    SUCCEEDED = "succeeded"
    PENDING = "pending"
    DECLINED = "declined"


@attrs.frozen
class Charge:
    """One payment for one order, whoever reports it."""

    id: str
    order_id: OrderId
    amount: Money
    state: ChargeState


@attrs.frozen
class PaymentNotice:
    """A processor's signed message that something happened to a charge.

    Attributes:
        id: the processor's name for the message; the same message may come again.
        charge: the charge as the processor described it.
        refunded: whether the message says that the charge was refunded.
    """

    id: str
    charge: Charge
    refunded: bool
