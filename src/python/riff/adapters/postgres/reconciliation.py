"""The accounts of a raffle between its close and its seal."""

from typing import Final

import attrs

from riff.adapters.postgres.connection import Database
from riff.domain.identifiers import RaffleId
from riff.domain.reconciliation.accounts import (
    Acknowledgement,
    CashCount,
    Confirmation,
    RangeBalance,
    UnitAccount,
    UnknownPayments,
    VoidAccount,
    WriteOff,
)
from riff.domain.reconciliation.refusals import AlreadyWrittenOffError
from riff.domain.units.void_request import VoidRequest
from riff_critical.lifecycle import SalesUnitState
from riff_critical.selling import Channel

_UNITS: Final = """
    SELECT unit_enrolment.id AS enrolment_id, unit_id, label, state, closed_at, reason, written_off_by,
        written_off_at
    FROM unit_enrolment
        JOIN sales_unit ON sales_unit.id = unit_enrolment.unit_id
        LEFT JOIN unit_write_off ON unit_write_off.enrolment_id = unit_enrolment.id
    WHERE raffle_id = %(raffle_id)s
    ORDER BY enrolled_at, unit_enrolment.id
"""

_PAYMENTS: Final = """
    SELECT count(*) AS orders, coalesce(sum(price_minor), 0)::bigint AS amount_minor FROM checkout
    WHERE raffle_id = %(raffle_id)s AND state = 'pending'
"""

_VOIDS: Final = """
    SELECT coalesce(sum(voided_orders), 0)::bigint AS voids FROM block_sales WHERE raffle_id = %(raffle_id)s
"""

_OPEN_REQUESTS: Final = """
    SELECT void_request.order_id, raffle_id, enrolment_id, void_request.reason, requested_at
    FROM void_request LEFT JOIN order_void ON order_void.order_id = void_request.order_id
    WHERE raffle_id = %(raffle_id)s AND order_void.order_id IS NULL
    ORDER BY requested_at, void_request.order_id
"""

_ACKNOWLEDGED: Final = """
    SELECT voids, requests, acknowledged_by, acknowledged_at FROM void_acknowledgement
    WHERE raffle_id = %(raffle_id)s ORDER BY sequence DESC LIMIT 1
"""

# The orders are added up one by one, apart from the subtotals that the sales kept.
_RANGES: Final = """
    SELECT channel_range.channel, end_slot - first_slot AS slots, next_slot - first_slot AS cut,
        coalesce(issued, 0) AS issued, coalesce(valid, 0) AS valid, coalesce(voided, 0) AS voided,
        coalesce(unsold, 0) AS unsold, coalesce(amount_minor, 0) AS amount_minor,
        coalesce(unbalanced_blocks, 0) AS unbalanced_blocks,
        coalesce(ordered, 0) AS ordered, coalesce(ordered_minor, 0) AS ordered_minor
    FROM channel_range
        LEFT JOIN (
            SELECT channel, sum(end_slot - first_slot)::bigint AS issued, sum(valid_numbers)::bigint AS valid,
                sum(voided_numbers)::bigint AS voided, sum(unsold)::bigint AS unsold,
                sum(valid_minor + voided_minor)::bigint AS amount_minor,
                count(*) FILTER (
                    WHERE valid_numbers + voided_numbers + unsold <> end_slot - first_slot
                ) AS unbalanced_blocks
            FROM block_sales WHERE raffle_id = %(raffle_id)s GROUP BY channel
        ) AS blocks ON blocks.channel = channel_range.channel
        LEFT JOIN (
            SELECT block.channel, sum(sold_order.end_slot - sold_order.first_slot)::bigint AS ordered,
                sum(price_minor)::bigint AS ordered_minor
            FROM block JOIN sold_order ON sold_order.block_number = block.number
            WHERE raffle_id = %(raffle_id)s GROUP BY block.channel
        ) AS orders ON orders.channel = channel_range.channel
    WHERE raffle_id = %(raffle_id)s
    ORDER BY first_slot
"""

_CASH_COUNTS: Final = """
    SELECT raffle_id, seller, sequence, expected_minor, counted_minor, explanation, counted_by, counted_at
    FROM cash_count WHERE raffle_id = %(raffle_id)s ORDER BY seller, sequence
"""

_CONFIRMATIONS: Final = """
    SELECT figures, confirmed_by, confirmed_at FROM reconciliation_confirmation
    WHERE raffle_id = %(raffle_id)s ORDER BY confirmed_at, confirmed_by
"""

_WRITE_OFF: Final = """
    INSERT INTO unit_write_off (enrolment_id, reason, written_off_by, written_off_at)
    VALUES (%(enrolment_id)s, %(reason)s, %(written_off_by)s, %(written_off_at)s)
    ON CONFLICT (enrolment_id) DO NOTHING
"""

_COUNT_CASH: Final = """
    INSERT INTO cash_count (raffle_id, seller, sequence, expected_minor, counted_minor, explanation,
        counted_by, counted_at)
    VALUES (%(raffle_id)s, %(seller)s, %(sequence)s, %(expected_minor)s, %(counted_minor)s, %(explanation)s,
        %(counted_by)s, %(counted_at)s)
"""

_ACKNOWLEDGE: Final = """
    INSERT INTO void_acknowledgement (raffle_id, sequence, voids, requests, acknowledged_by, acknowledged_at)
    SELECT %(raffle_id)s, coalesce(max(sequence), 0) + 1, %(voids)s, %(requests)s, %(acknowledged_by)s,
        %(acknowledged_at)s
    FROM void_acknowledgement WHERE raffle_id = %(raffle_id)s
"""

_CONFIRM: Final = """
    INSERT INTO reconciliation_confirmation (raffle_id, figures, confirmed_by, confirmed_at)
    VALUES (%(raffle_id)s, %(figures)s, %(confirmed_by)s, %(confirmed_at)s)
"""


@attrs.frozen
class PostgresReconciliationStore:
    """Honours `riff.ports.reconciliation.ReconciliationStore`."""

    _database: Database

    def units(self, raffle_id: RaffleId) -> tuple[UnitAccount, ...]:
        """The raffle's enrolments, in the order of their logons."""
        return tuple(
            UnitAccount(
                enrolment_id=row["enrolment_id"],
                unit_id=row["unit_id"],
                label=row["label"],
                state=SalesUnitState(row["state"]),
                closed_at=row["closed_at"],
                write_off=None
                if row["reason"] is None
                else WriteOff(
                    row["enrolment_id"], row["reason"], row["written_off_by"], row["written_off_at"]
                ),
            )
            for row in self._database.rows(_UNITS, {"raffle_id": raffle_id})
        )

    def payments(self, raffle_id: RaffleId) -> UnknownPayments:
        """Online orders whose payment has no known outcome."""
        return UnknownPayments(**self._database.only(_PAYMENTS, {"raffle_id": raffle_id}))

    def voids(self, raffle_id: RaffleId) -> VoidAccount:
        """Voids, open requests, and the last acknowledgement."""
        found = self._database.only(_VOIDS, {"raffle_id": raffle_id})
        requests = self._database.rows(_OPEN_REQUESTS, {"raffle_id": raffle_id})
        word = self._database.row(_ACKNOWLEDGED, {"raffle_id": raffle_id})
        return VoidAccount(
            voids=found["voids"],
            open_requests=tuple(VoidRequest(**row) for row in requests),
            acknowledged=None if word is None else Acknowledgement(**word),
        )

    def ranges(self, raffle_id: RaffleId) -> tuple[RangeBalance, ...]:
        """The number space, channel by channel, from slot 0; reads every order."""
        rows = self._database.rows(_RANGES, {"raffle_id": raffle_id})
        return tuple(RangeBalance(**{**row, "channel": Channel(row["channel"])}) for row in rows)

    def cash_counts(self, raffle_id: RaffleId) -> tuple[CashCount, ...]:
        """Every count, by seller, oldest first."""
        return tuple(CashCount(**row) for row in self._database.rows(_CASH_COUNTS, {"raffle_id": raffle_id}))

    def confirmations(self, raffle_id: RaffleId) -> tuple[Confirmation, ...]:
        """Every confirmation, oldest first."""
        return tuple(
            Confirmation(**row) for row in self._database.rows(_CONFIRMATIONS, {"raffle_id": raffle_id})
        )

    def write_off(self, decision: WriteOff) -> None:
        """Store a decision about an enrolment of a raffle that this transaction has locked.

        Raises:
            AlreadyWrittenOffError: it was decided before.
        """
        if self._database.run(_WRITE_OFF, attrs.asdict(decision)) != 1:
            raise AlreadyWrittenOffError("The sales unit is written off already.")

    def count_cash(self, count: CashCount) -> None:
        """Store a count."""
        self._database.run(_COUNT_CASH, attrs.asdict(count))

    def acknowledge_voids(self, raffle_id: RaffleId, word: Acknowledgement) -> None:
        """Store an acknowledgement."""
        self._database.run(_ACKNOWLEDGE, {"raffle_id": raffle_id, **attrs.asdict(word)})

    def confirm(self, raffle_id: RaffleId, word: Confirmation) -> None:
        """Store a confirmation."""
        self._database.run(_CONFIRM, {"raffle_id": raffle_id, **attrs.asdict(word)})
