"""A store of uploads in memory."""

import attrs

from riff.domain.audit.significant_event import SignificantEvent
from riff.domain.identifiers import EnrolmentId
from riff.domain.sales.leased_block import LeasedBlock
from riff.domain.sales.sold_order import SoldOrder
from riff.domain.units.sales_unit import Enrolment
from riff.domain.units.uploaded_record import UploadedRecord
from riff.errors import LeaseLostError
from riff_critical.memory import Link, start
from tests.support.fakes.sales import FakeOrderStore
from tests.support.fakes.tables import Tables


@attrs.frozen
class FakeUploadStore:
    """Honours `riff.ports.uploads.UploadStore`."""

    tables: Tables

    def end(self, enrolment: Enrolment) -> Link:
        own = self._of(enrolment.id)
        return own[-1].link if own else start(enrolment.memory_identity)

    def records(self, enrolment_id: EnrolmentId, after: int, limit: int) -> tuple[bytes, ...]:
        return tuple(found.record for found in self._of(enrolment_id) if found.position > after)[:limit]

    def append(self, record: UploadedRecord) -> None:
        self.tables.unit_records[record.enrolment_id, record.position] = record

    def sell(self, order: SoldOrder, lease: LeasedBlock, event: SignificantEvent) -> None:
        row = self.tables.blocks[lease.id]
        if order.sold_at >= row.lease.sell_until:
            raise LeaseLostError("It was sold after the close.")
        # Whether the lease has ended and whether sales are stopped does not count.
        lasting = attrs.evolve(row.lease, expires_at=row.lease.sell_until)
        self.tables.blocks[lease.id] = attrs.evolve(row, lease=lasting, is_open=True)
        try:
            FakeOrderStore(self.tables).sell(order, lease, event)
        except LeaseLostError:
            self.tables.blocks[lease.id] = row
            raise
        sold = self.tables.blocks[lease.id]
        restored = attrs.evolve(sold.lease, expires_at=row.lease.expires_at)
        self.tables.blocks[lease.id] = attrs.evolve(sold, lease=restored, is_open=row.is_open)

    def _of(self, enrolment_id: EnrolmentId) -> list[UploadedRecord]:
        own = [found for (owner, _), found in self.tables.unit_records.items() if owner == enrolment_id]
        return sorted(own, key=lambda found: found.position)
