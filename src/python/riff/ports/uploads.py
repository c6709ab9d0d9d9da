"""Storage of what sales units hand in after they were out of reach."""

from typing import Protocol

from riff.domain.audit.significant_event import SignificantEvent
from riff.domain.identifiers import EnrolmentId
from riff.domain.sales.leased_block import LeasedBlock
from riff.domain.sales.sold_order import SoldOrder
from riff.domain.units.sales_unit import Enrolment
from riff.domain.units.uploaded_record import UploadedRecord
from riff_critical.memory import Link


class UploadStore(Protocol):
    """Records of critical memories: inserted in order, never changed."""

    def end(self, enrolment: Enrolment) -> Link:
        """The chain of an enrolment as far as it was handed in."""
        ...

    def records(self, enrolment_id: EnrolmentId, after: int, limit: int) -> tuple[bytes, ...]:
        """Records that were handed in, from the one behind a position on."""
        ...

    def append(self, record: UploadedRecord) -> None:
        """Store the next record of a unit that this transaction has locked."""
        ...

    def sell(self, order: SoldOrder, lease: LeasedBlock, event: SignificantEvent) -> None:
        """Store a sale that was made out of reach: as `OrderStore.sell`, but also after the close.

        What counts is the instant of the sale, which must lie before the block's close; whether sales are
        stopped meanwhile does not.

        Raises:
            LeaseLostError: the unit does not hold the block, its next slot is another one, or the order is
                known already; nothing was written.
        """
        ...
