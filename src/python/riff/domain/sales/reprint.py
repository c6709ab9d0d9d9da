"""A ticket that was printed again: the copy says so, and every copy is counted (GLI-31 2.3.2)."""

from datetime import datetime

import attrs

from riff.domain.identifiers import OrderId
from riff.domain.instants import aware_utc


@attrs.frozen
class Reprint:
    """One copy.

    Attributes:
        order_id: the order whose ticket it is.
        copy: 1 for the first copy, 2 for the second, and so on; printed on it.
        reason: why, in words.
        reprinted_by: label of the actor.
        reprinted_at: when.
    """

    order_id: OrderId
    copy: int = attrs.field(validator=attrs.validators.ge(1))
    reason: str = attrs.field(validator=[attrs.validators.min_len(1), attrs.validators.max_len(500)])
    reprinted_by: str
    reprinted_at: datetime = attrs.field(validator=aware_utc)
