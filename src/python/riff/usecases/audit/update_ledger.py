"""Enter into a raffle's public ledger whatever happened since it was last updated, once and in order.

The ledger is locked, then everything that it has not read is read at one instant.  That each stream is
without a gap makes this safe whatever the order in which transactions become visible: whoever appends to a
stream holds it until the commit, so event n + 1 is never there without event n, and the ledger remembers the
last number of each stream that it has read.  Nothing can appear behind that place later.

Streams are merged by instant.  A clock that is slow could put a void before the sale that it voids; then the
raffle's own stream waits until the sale is entered.
"""

from collections import deque

from riff.domain.audit.ledger_batch import LedgerBatch, LedgerEntry, LedgerHead
from riff.domain.audit.ledger_records import LedgerRecords, check_chain, required_sale
from riff.domain.audit.ledger_source import Reading, SourceEvent
from riff.domain.audit.stored_nodes import CompletedNodes
from riff.domain.identifiers import RaffleId, StreamId
from riff.errors import IntegrityFailureError
from riff.ports.stores import Work
from riff_critical.ledger import Frontier, Record, Sale, Void, entry, leaf_hash

LEDGER_TREE = 0
# What is kept in memory before it is written.
_BATCH_EVENTS = 2048


def update_ledger(raffle_id: RaffleId, work: Work) -> LedgerHead:
    """Enter every event that is committed, and those of this transaction; the ledger's new state.

    A transaction that appends events to the raffle after this must have locked the raffle before.

    Raises:
        IntegrityFailureError: a stream of events is not what it was, or an event lacks what the ledger needs.
    """
    entering = _Entering(raffle_id, work)
    for event in work.ledger.unread(raffle_id):
        entering.take(event)
    return entering.finish()


class _Entering:
    """The ledger while events are entered."""

    def __init__(self, raffle_id: RaffleId, work: Work) -> None:
        self._raffle_id = raffle_id
        self._work = work
        self._frontier: Frontier = work.ledger.lock(raffle_id)
        self._records = LedgerRecords(work.raffles.keys(raffle_id))
        self._nodes = CompletedNodes()
        self._entries: list[LedgerEntry] = []
        self._readings: dict[StreamId, Reading] = {}
        self._read = 0
        self._waiting: deque[SourceEvent] = deque()
        self._awaited: int | None = None

    def take(self, event: SourceEvent) -> None:
        """Enter an event, or keep it until the sale is entered that it is about."""
        if event.block is None:
            self._waiting.append(event)
            self._release()
        elif self._enter(event) == self._awaited and self._awaited is not None:
            self._awaited = None
            self._release()

    def finish(self) -> LedgerHead:
        """Write what is left; the state of the ledger."""
        if self._waiting:
            error = IntegrityFailureError("An order was voided that was never sold.")
            error.add_note(f"stream {self._waiting[0].stream}, event {self._waiting[0].sequence}")
            raise error
        self._write()
        if nodes := self._nodes.take():
            self._work.trees.add(self._raffle_id, LEDGER_TREE, nodes)
        return LedgerHead(self._frontier.size, self._frontier.root())

    def _release(self) -> None:
        while self._waiting and self._awaited is None:
            slot = required_sale(self._waiting[0])
            if slot is not None and not self._is_entered(slot):
                self._awaited = slot
            else:
                self._enter(self._waiting.popleft())

    def _is_entered(self, slot: int) -> bool:
        def is_sale(entry: LedgerEntry) -> bool:
            return entry.kind == Sale.KIND and entry.slot == slot

        stored = self._work.ledger.of_order
        return any(map(is_sale, self._entries)) or any(map(is_sale, stored(self._raffle_id, slot)))

    def _enter(self, event: SourceEvent) -> int | None:
        """Enter an event; the slot at which an order begins that it sold."""
        before = self._readings.get(event.stream, Reading(event.stream, event.entered, event.entered))
        check_chain(event, before.end)
        self._readings[event.stream] = Reading(event.stream, before.start, event.head)
        self._read += 1
        records = self._records.of(event)
        for record in records:
            self._append(record)
        if self._read % _BATCH_EVENTS == 0:
            self._write()
        return next((record.first for record in records if isinstance(record, Sale)), None)

    def _append(self, record: Record) -> None:
        slot = record.first if isinstance(record, Sale | Void) else None
        text = entry(record)
        self._entries.append(LedgerEntry(self._frontier.size, record.KIND, slot, text))
        self._nodes.add(self._frontier.append(leaf_hash(text)), self._frontier.size)

    def _write(self) -> None:
        readings = [each for each in self._readings.values() if each.start != each.end]
        if not readings:
            return
        batch = LedgerBatch(
            previous_size=self._frontier.size - len(self._entries),
            entries=tuple(self._entries),
            frontier=self._frontier.to_bytes(),
            readings=tuple(readings),
        )
        self._work.ledger.append(self._raffle_id, batch)
        if nodes := self._nodes.take_whole():
            self._work.trees.add(self._raffle_id, LEDGER_TREE, nodes)
        self._entries.clear()
        for each in readings:
            self._readings[each.stream] = Reading(each.stream, each.end, each.end)
