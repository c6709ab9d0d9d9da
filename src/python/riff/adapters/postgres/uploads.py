"""What sales units hand in after they were out of reach."""

from typing import Final

import attrs

from riff.adapters.postgres.connection import Database
from riff.adapters.postgres.orders import ENTER_SALE, sale_of
from riff.domain.audit.significant_event import SignificantEvent
from riff.domain.identifiers import EnrolmentId
from riff.domain.sales.leased_block import LeasedBlock
from riff.domain.sales.sold_order import SoldOrder
from riff.domain.units.sales_unit import Enrolment
from riff.domain.units.uploaded_record import UploadedRecord
from riff.errors import LeaseLostError
from riff_critical.memory import Link, start

_END: Final = """
    SELECT position, head FROM unit_record WHERE enrolment_id = %(enrolment_id)s
    ORDER BY position DESC LIMIT 1
"""

_RECORDS: Final = """
    SELECT record FROM unit_record WHERE enrolment_id = %(enrolment_id)s AND position > %(after)s
    ORDER BY position LIMIT %(limit)s
"""

_APPEND: Final = """
    INSERT INTO unit_record (enrolment_id, position, record, head, order_id, received_at)
    VALUES (%(enrolment_id)s, %(position)s, %(record)s, %(head)s, %(order_id)s, %(received_at)s)
"""

# The sale of `orders`, but for three conditions: the lease may have ended and sales may be stopped, since the
# numbers were sold before; and the database's clock says nothing about a sale in the past.
_SELL: Final = (
    """
    WITH moved AS (
        UPDATE block_sales
        SET unsold = %(unsold_after)s, valid_numbers = valid_numbers + %(numbers)s,
            valid_orders = valid_orders + 1, valid_minor = valid_minor + %(price_minor)s
        WHERE block_id = %(block_id)s AND holder = %(holder)s AND unsold = %(unsold)s
            AND %(sold_at)s < sell_until
        RETURNING block_number AS number
    )"""  # noqa: S608 - both parts are constants
    + ENTER_SALE
)

_REFUSED_BY: Final = frozenset({"sold_order_pkey"})


@attrs.frozen
class PostgresUploadStore:
    """Honours `riff.ports.uploads.UploadStore`."""

    _database: Database

    def end(self, enrolment: Enrolment) -> Link:
        """The chain of an enrolment as far as it was handed in."""
        row = self._database.row(_END, {"enrolment_id": enrolment.id})
        return start(enrolment.memory_identity) if row is None else Link(row["position"], row["head"])

    def records(self, enrolment_id: EnrolmentId, after: int, limit: int) -> tuple[bytes, ...]:
        """Records that were handed in, from the one behind a position on."""
        place = {"enrolment_id": enrolment_id, "after": after, "limit": limit}
        return tuple(row["record"].encode() for row in self._database.rows(_RECORDS, place))

    def append(self, record: UploadedRecord) -> None:
        """Store the next record of a unit that this transaction has locked."""
        self._database.run(
            _APPEND,
            {
                "enrolment_id": record.enrolment_id,
                "position": record.position,
                "record": record.record.decode(),
                "head": record.head,
                "order_id": record.order_id,
                "received_at": record.received_at,
            },
        )

    def sell(self, order: SoldOrder, lease: LeasedBlock, event: SignificantEvent) -> None:
        """Store a sale that was made out of reach: as `OrderStore.sell`, but also after the close.

        Raises:
            LeaseLostError: the unit does not hold the block, its next slot is another one, or the order is
                known already; nothing was written.
        """
        if self._database.attempt(_SELL, sale_of(order, lease, event), refused_by=_REFUSED_BY) != 1:
            raise LeaseLostError("The numbers are not the next ones of a block of this unit.")
