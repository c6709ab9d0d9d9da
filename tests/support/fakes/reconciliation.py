"""A store of reconciliations in memory."""

import attrs

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
from riff_critical.lifecycle import OrderState
from riff_critical.selling import Channel, Range, total
from tests.support.fakes.tables import BlockRow, Tables


@attrs.frozen
class FakeReconciliationStore:
    """Honours `riff.ports.reconciliation.ReconciliationStore`."""

    tables: Tables

    def units(self, raffle_id: RaffleId) -> tuple[UnitAccount, ...]:
        enrolments = [found for found in self.tables.enrolments.values() if found.raffle_id == raffle_id]
        return tuple(
            UnitAccount(
                found.id,
                found.unit_id,
                self.tables.units[found.unit_id].label,
                self.tables.units[found.unit_id].state,
                found.closed_at,
                self.tables.write_offs.get(found.id),
            )
            for found in sorted(enrolments, key=lambda found: (found.enrolled_at, found.id))
        )

    def payments(self, raffle_id: RaffleId) -> UnknownPayments:
        unknown = [
            checkout.price.minor
            for checkout in self.tables.checkouts.values()
            if checkout.raffle_id == raffle_id and checkout.state is OrderState.PENDING
        ]
        return UnknownPayments(len(unknown), sum(unknown))

    def voids(self, raffle_id: RaffleId) -> VoidAccount:
        rows = [row for row in self.tables.blocks.values() if row.lease.raffle_id == raffle_id]
        requests = [
            request
            for request in self.tables.void_requests.values()
            if request.raffle_id == raffle_id and request.order_id not in self.tables.voids
        ]
        return VoidAccount(
            voids=sum(row.sold.voided_orders for row in rows),
            open_requests=tuple(sorted(requests, key=lambda asked: (asked.requested_at, asked.order_id))),
            acknowledged=self.tables.acknowledgements.get(raffle_id),
        )

    def ranges(self, raffle_id: RaffleId) -> tuple[RangeBalance, ...]:
        found = [
            self._balance(raffle_id, channel, part)
            for (owner, channel), part in self.tables.ranges.items()
            if owner == raffle_id
        ]
        return tuple(found)

    def _balance(self, raffle_id: RaffleId, channel: Channel, part: Range) -> RangeBalance:
        rows = [
            row
            for row in self.tables.blocks.values()
            if row.lease.raffle_id == raffle_id and row.lease.channel is channel
        ]
        sold = total(row.sold.subtotal for row in rows)
        orders = [
            order
            for order in self.tables.orders.values()
            if order.raffle_id == raffle_id and order.channel is channel
        ]
        return RangeBalance(
            channel=channel,
            slots=part.slot_count,
            issued=sum(_slots(row) for row in rows),
            cut=part.next_slot - part.first_slot,
            valid=sold.valid_slots,
            voided=sold.voided_slots,
            unsold=sum(row.lease.block.slots_left for row in rows),
            ordered=sum(order.count for order in orders),
            amount_minor=sold.sold_cents,
            ordered_minor=sum(order.price.minor for order in orders),
            unbalanced_blocks=sum(
                row.sold.subtotal.sold_slots + row.lease.block.slots_left != _slots(row) for row in rows
            ),
        )

    def cash_counts(self, raffle_id: RaffleId) -> tuple[CashCount, ...]:
        return tuple(self.tables.cash_counts[key] for key in sorted(_own(self.tables.cash_counts, raffle_id)))

    def confirmations(self, raffle_id: RaffleId) -> tuple[Confirmation, ...]:
        found = [word for (owner, _, _), word in self.tables.confirmations.items() if owner == raffle_id]
        return tuple(sorted(found, key=lambda word: (word.confirmed_at, word.confirmed_by)))

    def write_off(self, decision: WriteOff) -> None:
        if decision.enrolment_id in self.tables.write_offs:
            raise AlreadyWrittenOffError("The sales unit is written off already.")
        self.tables.write_offs[decision.enrolment_id] = decision

    def count_cash(self, count: CashCount) -> None:
        self.tables.cash_counts[count.raffle_id, count.seller, count.sequence] = count

    def acknowledge_voids(self, raffle_id: RaffleId, word: Acknowledgement) -> None:
        self.tables.acknowledgements[raffle_id] = word

    def confirm(self, raffle_id: RaffleId, word: Confirmation) -> None:
        self.tables.confirmations[raffle_id, word.figures, word.confirmed_by] = word


def _slots(row: BlockRow) -> int:
    return row.lease.block.end_slot - row.lease.block.first_slot


def _own(
    counts: dict[tuple[RaffleId, str, int], CashCount], raffle_id: RaffleId
) -> list[tuple[RaffleId, str, int]]:
    return [key for key in counts if key[0] == raffle_id]
