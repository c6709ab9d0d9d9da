"""What the public ledger is made from: events as they are stored, and how far each stream was entered."""

from datetime import datetime

import attrs

from riff.domain.audit.event_catalogue import EventKind
from riff.domain.audit.significant_event import StreamHead
from riff.domain.identifiers import BlockId, StreamId
from riff.domain.instants import aware_utc


@attrs.frozen
class SourceBlock:
    """The block whose stream an event belongs to.

    Attributes:
        id: the block's name, and its stream's.
        tag: number of the block within the raffle.
        first_slot: where it begins.
    """

    id: BlockId
    tag: int
    first_slot: int


@attrs.frozen
class SourceEvent:
    """An event that the ledger has not read yet.

    Attributes:
        stream: the stream it belongs to.
        sequence: its position there.
        kind: what happened.
        occurred_at: when.
        record: the bytes that the digest covers.
        digest: covers the event before in the stream as well.
        entered: how far the ledger had read the stream when reading began.
        block: the block whose stream it is, or None in the raffle's own stream.
    """

    stream: StreamId
    sequence: int
    kind: EventKind
    occurred_at: datetime = attrs.field(validator=aware_utc)
    record: bytes
    digest: bytes
    entered: StreamHead
    block: SourceBlock | None

    @property
    def head(self) -> StreamHead:
        """How far the stream is entered once this event is."""
        return StreamHead(self.sequence, self.digest)


@attrs.frozen
class Reading:
    """The events of a stream from `start` (exclusive) to `end` (inclusive), entered with one batch."""

    stream: StreamId
    start: StreamHead
    end: StreamHead
