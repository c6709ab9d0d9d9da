"""An operator's request to void an order, which somebody with the permission decides."""

from datetime import datetime

import attrs
from attrs.validators import max_len, min_len

from riff.domain.identifiers import EnrolmentId, OrderId, RaffleId
from riff.domain.instants import aware_utc


@attrs.frozen
class VoidRequest:
    """What a unit asked for: granted by voiding the order, declined by acknowledging the voids without it.

    Attributes:
        order_id: the order.
        raffle_id: its raffle.
        enrolment_id: the enrolment that sold it, and asks.
        reason: in the operator's words.
        requested_at: when.
    """

    order_id: OrderId
    raffle_id: RaffleId
    enrolment_id: EnrolmentId
    reason: str = attrs.field(validator=[min_len(1), max_len(500)])
    requested_at: datetime = attrs.field(validator=aware_utc)
