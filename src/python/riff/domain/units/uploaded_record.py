"""A record of a unit's critical memory that was handed in and taken as a sale."""

from datetime import datetime

import attrs
from attrs.validators import ge, max_len, min_len

from riff.domain.identifiers import EnrolmentId, OrderId
from riff.domain.instants import aware_utc
from riff_critical.memory import Link


@attrs.frozen
class UploadedRecord:
    """One record where it stands in its chain: a fact, never changed.

    Attributes:
        enrolment_id: whose chain.
        position: counted from 1.
        record: the bytes that the chain covers.
        head: of the chain after this record.
        order_id: the sale that it tells of.
        received_at: when it was handed in.
    """

    enrolment_id: EnrolmentId
    position: int = attrs.field(validator=ge(1))
    record: bytes
    head: bytes = attrs.field(validator=[min_len(32), max_len(32)])
    order_id: OrderId
    received_at: datetime = attrs.field(validator=aware_utc)

    @property
    def link(self) -> Link:
        """The chain after this record."""
        return Link(self.position, self.head)
