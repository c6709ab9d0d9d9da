"""Sales in which a person takes the money: at a sales unit, or from the reserve."""

from enum import StrEnum

import attrs
from attrs.validators import max_len, min_len, optional

from riff.domain.identifiers import EnrolmentId, OrderId, RaffleId


class Tender(StrEnum):
    """How an attended sale was paid."""

    CASH = "cash"
    CARD = "card"
    PREPAID = "prepaid"
    """The money was received before, for something that this order replaces; only the reserve knows it."""


@attrs.frozen
class AttendedSale:
    """What is known of an order beside its numbers because a person sold it: a fact, never changed.

    Attributes:
        order_id: the order.
        raffle_id: its raffle.
        seller: under which name its cash is counted: an enrolment, or a member of staff.
        enrolment_id: the enrolment of the unit that sold it; None for the reserve.
        tender: how it was paid.
        reason: why it was sold from the reserve; None at a unit.
    """

    order_id: OrderId
    raffle_id: RaffleId
    seller: str
    enrolment_id: EnrolmentId | None
    tender: Tender
    reason: str | None = attrs.field(default=None, validator=optional([min_len(1), max_len(500)]))


@attrs.frozen
class Takings:
    """What one seller has taken in one raffle.

    Voided orders count in `voided_orders` and `cash_orders` alone.

    Attributes:
        seller: the name under which the cash is counted.
        enrolment_id: the unit's enrolment, or None for a member of staff.
        orders: valid orders.
        numbers: draw numbers on them.
        voided_orders: orders taken back.
        cash_orders: orders ever sold for cash: where there is one, the seller's cash has to be counted.
        cash_minor: cash of the valid orders: what the seller must have.
        card_minor: paid by card, of the valid orders.
        prepaid_minor: paid before, of the valid orders.
    """

    seller: str
    enrolment_id: EnrolmentId | None
    orders: int = 0
    numbers: int = 0
    voided_orders: int = 0
    cash_orders: int = 0
    cash_minor: int = 0
    card_minor: int = 0
    prepaid_minor: int = 0
