"""A block as the seller that leased it holds it between sales."""

from datetime import datetime

import attrs

from riff.domain.audit.significant_event import StreamHead
from riff.domain.identifiers import BlockId, RaffleId, StreamId
from riff.domain.instants import aware_utc
from riff_critical.selling import Block, Channel


@attrs.frozen
class LeasedBlock:
    """A lease: the right to sell from one block until an instant.

    The lease is a row, and this is a copy of it: a sale states the copy's `next_slot`, and the database
    refuses it when the row has moved on, so a stale copy can lose a race but never sell a number twice.

    Attributes:
        id: the block's permanent name, and the name of its stream of events.
        raffle_id: the raffle whose numbers these are.
        channel: the range it was cut from.
        tag: number of the block within the raffle, printed as the first part of its validation numbers.
        block: bounds and the next free slot.
        holder: the seller process that leased it.
        expires_at: from this instant another seller may take it over.
        sell_until: from this instant the database refuses sales from it.
        head: end of the block's stream of events.
    """

    id: BlockId
    raffle_id: RaffleId
    channel: Channel
    tag: int
    block: Block
    holder: str
    expires_at: datetime = attrs.field(validator=aware_utc)
    sell_until: datetime = attrs.field(validator=aware_utc)
    head: StreamHead

    @property
    def stream(self) -> StreamId:
        """The stream that tells the block's history."""
        return StreamId(self.id)

    def serves(self, count: int, at: datetime) -> bool:
        """Whether this lease can sell a run of `count` numbers at this instant."""
        return at < self.expires_at and at < self.sell_until and self.block.slots_left >= count


@attrs.frozen
class LeaseRequest:
    """What a seller needs of a block.

    Attributes:
        raffle_id: the raffle to sell for.
        channel: the range to cut from.
        holder: the seller process.
        count: length of the run that must fit.
        block_slots: size of a new block; a longer run gets a block of its own length.
        block_id: name of the block, should a new one be cut.
        at: the present instant.
        expires_at: when the lease ends.
    """

    raffle_id: RaffleId
    channel: Channel
    holder: str
    count: int
    block_slots: int
    block_id: BlockId
    at: datetime = attrs.field(validator=aware_utc)
    expires_at: datetime = attrs.field(validator=aware_utc)
