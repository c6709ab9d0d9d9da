"""Block and order stores in memory."""

from datetime import datetime

import attrs

from riff.domain.audit.significant_event import SignificantEvent, StreamHead
from riff.domain.identifiers import BlockId, OrderId, RaffleId, StreamId
from riff.domain.sales.leased_block import LeasedBlock, LeaseRequest
from riff.domain.sales.sold_order import OrderVoid, SalesSubtotal, SoldOrder
from riff.errors import (
    AlreadyVoidedError,
    LeaseLostError,
    NotFoundError,
    RangeExhaustedError,
    SalesClosedError,
)
from riff_critical.lifecycle import RaffleState
from riff_critical.selling import Block, Channel, lease, total
from tests.support.fakes.tables import BlockRow, Tables

HIGHEST_TAG = 32_767
_NOBODY = ""


@attrs.frozen
class FakeBlockStore:
    """Honours `riff.ports.stores.BlockStore`."""

    tables: Tables

    def lease(self, wanted: LeaseRequest) -> LeasedBlock:
        raffle = self.tables.raffles.get(wanted.raffle_id)
        if raffle is None:
            raise NotFoundError("There is no such raffle.")
        if raffle.state is not RaffleState.ACTIVE:
            raise SalesClosedError("The raffle is not active.", state=raffle.state.value)
        row = self._free(wanted) or self._cut(wanted, raffle.window.closes_at)
        taken = attrs.evolve(
            row.lease,
            holder=wanted.holder,
            expires_at=wanted.expires_at,
            head=self._head(row.lease.stream),
        )
        self.tables.blocks[taken.id] = attrs.evolve(row, lease=taken)
        return taken

    def release(self, lease: LeasedBlock, at: datetime) -> None:
        row = self.tables.blocks[lease.id]
        if row.lease.holder == lease.holder:
            released = attrs.evolve(row.lease, holder=_NOBODY, expires_at=at)
            self.tables.blocks[lease.id] = attrs.evolve(row, lease=released)

    def release_all(self, raffle_id: RaffleId, holder: str, at: datetime) -> None:
        for _, row in self._of(raffle_id):
            if row.lease.holder == holder:
                self.release(row.lease, at)

    def held(self, raffle_id: RaffleId, holder: str, count: int, at: datetime) -> LeasedBlock | None:
        found = [
            row.lease
            for _, row in self._of(raffle_id)
            if row.is_open
            and row.lease.holder == holder
            and row.lease.block.slots_left >= count
            and at < row.lease.expires_at
        ]
        first = min(found, key=lambda lease: lease.block.first_slot, default=None)
        return None if first is None else attrs.evolve(first, head=self._head(first.stream))

    def holdings(self, raffle_id: RaffleId, holder: str) -> tuple[LeasedBlock, ...]:
        found = [row.lease for _, row in self._of(raffle_id) if row.lease.holder == holder]
        return tuple(
            attrs.evolve(lease, head=self._head(lease.stream))
            for lease in sorted(found, key=lambda lease: lease.block.first_slot)
        )

    def stop(self, raffle_id: RaffleId) -> None:
        for block_id, row in self._of(raffle_id):
            self.tables.blocks[block_id] = attrs.evolve(row, is_open=False)

    def pause(self, raffle_id: RaffleId) -> None:
        for block_id, row in self._of(raffle_id):
            if row.is_open:
                self.tables.blocks[block_id] = attrs.evolve(row, is_open=False, is_paused=True)

    def unpause(self, raffle_id: RaffleId) -> None:
        for block_id, row in self._of(raffle_id):
            if row.is_paused:
                self.tables.blocks[block_id] = attrs.evolve(row, is_open=True, is_paused=False)

    def extend(self, raffle_id: RaffleId, closed_at: datetime, closes_at: datetime) -> None:
        for block_id, row in self._of(raffle_id):
            lasts = row.lease.channel is not Channel.ONLINE and row.lease.expires_at >= closed_at
            held = lasts and row.lease.holder != _NOBODY
            expires_at = max(row.lease.expires_at, closes_at) if held else row.lease.expires_at
            lease = attrs.evolve(row.lease, sell_until=closes_at, expires_at=expires_at)
            self.tables.blocks[block_id] = attrs.evolve(row, lease=lease)

    def subtotal(self, raffle_id: RaffleId) -> SalesSubtotal:
        parts = [row.sold for _, row in self._of(raffle_id)]
        return SalesSubtotal(
            orders=sum(part.orders for part in parts),
            voided_orders=sum(part.voided_orders for part in parts),
            subtotal=total(part.subtotal for part in parts),
        )

    def _of(self, raffle_id: RaffleId) -> list[tuple[BlockId, BlockRow]]:
        return [pair for pair in self.tables.blocks.items() if pair[1].lease.raffle_id == raffle_id]

    def _free(self, wanted: LeaseRequest) -> BlockRow | None:
        free = [row for _, row in self._of(wanted.raffle_id) if _serves(row, wanted)]
        return min(free, key=lambda row: (row.lease.holder != wanted.holder, row.lease.tag), default=None)

    def _cut(self, wanted: LeaseRequest, sell_until: datetime) -> BlockRow:
        place = wanted.raffle_id, wanted.channel
        part = self.tables.ranges.get(place)
        tag = len(self._of(wanted.raffle_id))
        if part is None or part.end_slot - part.next_slot < wanted.count or tag > HIGHEST_TAG:
            raise RangeExhaustedError("Not enough numbers are left in this channel.")
        block, self.tables.ranges[place] = lease(part, max(wanted.block_slots, wanted.count))
        return BlockRow(
            LeasedBlock(
                wanted.block_id,
                wanted.raffle_id,
                wanted.channel,
                tag,
                block,
                wanted.holder,
                wanted.expires_at,
                sell_until,
                StreamHead(),
            )
        )

    def _head(self, stream: StreamId) -> StreamHead:
        events = self.tables.events.get(stream, ())
        return events[-1].head if events else StreamHead()


@attrs.frozen
class FakeOrderStore:
    """Honours `riff.ports.stores.OrderStore`."""

    tables: Tables

    def sell(self, order: SoldOrder, lease: LeasedBlock, event: SignificantEvent) -> None:
        row = self.tables.blocks.get(lease.id)
        stream = self.tables.events.get(event.stream, ())
        if row is None or not _sells(row, order, lease) or event.sequence != len(stream) + 1:
            raise LeaseLostError("The block moved on, was taken over, or sells no more.")
        if order.end_slot > row.lease.block.end_slot or order.id in self.tables.orders:
            raise LeaseLostError("The block cannot hold this order.")
        block = row.lease.block
        moved = attrs.evolve(
            row.lease, block=Block(block.first_slot, block.end_slot, next_slot=order.end_slot)
        )
        sold = attrs.evolve(
            row.sold,
            orders=row.sold.orders + 1,
            subtotal=row.sold.subtotal.after_sale(order.count, order.price.minor),
        )
        self.tables.blocks[lease.id] = attrs.evolve(row, lease=moved, sold=sold)
        self.tables.orders[order.id] = order
        self.tables.events[event.stream] = (*stream, event)

    def get(self, order_id: OrderId) -> SoldOrder:
        if order_id not in self.tables.orders:
            raise NotFoundError("There is no such order.")
        return self.tables.orders[order_id]

    def at(self, raffle_id: RaffleId, tag: int, ordinal: int) -> SoldOrder:
        wanted = raffle_id, tag, ordinal
        for order in self.tables.orders.values():
            if (order.raffle_id, order.block_tag, order.ordinal) == wanted:
                return order
        raise NotFoundError("There is no such order.")

    def holding(self, raffle_id: RaffleId, slot: int) -> SoldOrder | None:
        for order in self.tables.orders.values():
            if order.raffle_id == raffle_id and order.first_slot <= slot < order.end_slot:
                return order
        return None

    def void_of(self, order_id: OrderId) -> OrderVoid | None:
        return self.tables.voids.get(order_id)

    def void(self, order: SoldOrder, void: OrderVoid) -> None:
        if order.id in self.tables.voids:
            raise AlreadyVoidedError("The order is void already.")
        row = self.tables.blocks[order.block_id]
        sold = attrs.evolve(
            row.sold,
            voided_orders=row.sold.voided_orders + 1,
            subtotal=row.sold.subtotal.after_void(order.count, order.price.minor),
        )
        self.tables.blocks[order.block_id] = attrs.evolve(row, sold=sold)
        self.tables.voids[order.id] = void


def _serves(row: BlockRow, wanted: LeaseRequest) -> bool:
    lease = row.lease
    return (
        row.is_open
        and lease.channel is wanted.channel
        and lease.block.slots_left >= wanted.count
        and (
            lease.holder == wanted.holder
            or (
                lease.expires_at <= wanted.at
                and (lease.channel is not Channel.SALES_UNIT or lease.holder == _NOBODY)
            )
        )
    )


def _sells(row: BlockRow, order: SoldOrder, lease: LeasedBlock) -> bool:
    return (
        row.is_open
        and row.lease.holder == lease.holder
        and row.lease.block.next_slot == order.first_slot
        and order.sold_at < row.lease.expires_at
        and order.sold_at < row.lease.sell_until
    )
