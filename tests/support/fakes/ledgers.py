"""Stores of ledgers, Merkle trees and pools, in memory."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

import attrs

from riff.domain.audit.ledger_batch import LedgerBatch, LedgerEntry, LedgerHead
from riff.domain.audit.ledger_source import SourceBlock, SourceEvent
from riff.domain.audit.pool_page import PoolPage
from riff.domain.audit.signed_state import SignedState, StatedOrder
from riff.domain.audit.significant_event import SignificantEvent, StreamHead
from riff.domain.audit.stored_nodes import RUN_NODES, NodeRange, NodeRun
from riff.domain.identifiers import BlockId, RaffleId, StreamId
from riff.errors import IntegrityFailureError, NotFoundError
from riff_critical.ledger import Frontier, Note, VerifierKey
from riff_critical.lifecycle import RaffleState
from tests.support.fakes.tables import Tables

_LONG_AGO = datetime.min.replace(tzinfo=UTC)
_BEFORE_SALES = frozenset({RaffleState.DRAFT, RaffleState.CONFIGURED})
_OVER = frozenset({RaffleState.COMPLETED, RaffleState.CANCELLED})


@attrs.frozen
class FakeLedgerStore:
    """Honours `riff.ports.ledger.LedgerStore`."""

    tables: Tables

    def lock(self, raffle_id: RaffleId) -> Frontier:
        return Frontier.from_bytes(self._batches(raffle_id)[-1])

    def unread(self, raffle_id: RaffleId) -> Iterator[SourceEvent]:
        keyed = []
        for stream, block in self._sources(raffle_id).items():
            entered = self.tables.entered.get(stream, StreamHead())
            not_before = _LONG_AGO
            for event in self.tables.events.get(stream, ())[entered.sequence :]:
                not_before = max(not_before, event.occurred_at)
                keyed.append(((not_before, stream.bytes, event.sequence), _source(event, entered, block)))
        yield from (event for _, event in sorted(keyed, key=lambda each: each[0]))

    def append(self, raffle_id: RaffleId, batch: LedgerBatch) -> None:
        for reading in batch.readings:
            if self.tables.entered.get(reading.stream, StreamHead()) != reading.start:
                raise IntegrityFailureError("an event is entered once")
            self.tables.entered[reading.stream] = reading.end
        entries = self.tables.entries.get(raffle_id, ())
        orders = {(each.slot, each.kind) for each in entries if each.slot is not None}
        if batch.previous_size != len(entries) or any(
            (each.slot, each.kind) in orders for each in batch.entries
        ):
            raise IntegrityFailureError("a ledger only grows")
        if batch.entries:
            self.tables.entries[raffle_id] = (*entries, *batch.entries)
            self.tables.frontiers[raffle_id] = (*self._batches(raffle_id), batch.frontier)

    def head(self, raffle_id: RaffleId) -> LedgerHead:
        return _head(self._batches(raffle_id)[-1])

    def head_at(self, raffle_id: RaffleId, size: int) -> LedgerHead:
        return _head(self.frontier(raffle_id, size))

    def frontier(self, raffle_id: RaffleId, size: int) -> bytes:
        stood = (Frontier().to_bytes(), *self._batches(raffle_id))
        found = next((each for each in stood if _head(each).size == size), None)
        if found is None:
            raise NotFoundError("the ledger never stood at that size")
        return found

    def of_order(self, raffle_id: RaffleId, slot: int) -> tuple[LedgerEntry, ...]:
        return tuple(each for each in self.tables.entries.get(raffle_id, ()) if each.slot == slot)

    def entries(self, raffle_id: RaffleId, first: int, end: int) -> Iterator[bytes]:
        yield from (each.text for each in self.tables.entries.get(raffle_id, ())[first:end])

    def add_note(self, raffle_id: RaffleId, size: int, note: Note, at: datetime) -> None:  # noqa: ARG002 - the port's signature; this fake keeps no instants
        if size not in {_head(each).size for each in self._batches(raffle_id)}:
            raise IntegrityFailureError("no batch ended there")
        kept = self.tables.notes.get((raffle_id, size), note)
        if kept.text != note.text:
            raise IntegrityFailureError("another state was signed for that size")
        signers = {(each.name, each.key_id) for each in kept.signatures}
        added = (each for each in note.signatures if (each.name, each.key_id) not in signers)
        self.tables.notes[raffle_id, size] = Note(note.text, (*kept.signatures, *added))

    def checkpoint(self, raffle_id: RaffleId, size: int) -> Note | None:
        return self.tables.notes.get((raffle_id, size))

    def checkpoints(self, raffle_id: RaffleId, least: int, most: int) -> Iterator[Note]:
        sizes = sorted(size for raffle, size in self.tables.notes if raffle == raffle_id)
        yield from (self.tables.notes[raffle_id, size] for size in sizes if least <= size <= most)

    def stated(self, raffle_id: RaffleId, slot: int, most: int) -> StatedOrder:
        entries = self.of_order(raffle_id, slot)
        states = [
            SignedState(note, self.frontier(raffle_id, size))
            for (raffle, size), note in sorted(self.tables.notes.items())
            if raffle == raffle_id and entries and entries[0].index < size <= most
        ]
        return StatedOrder(entries, (states[0], states[-1]) if states else None)

    def cosigned(self, raffle_id: RaffleId, key: VerifierKey) -> int:
        signed = (
            size
            for (raffle, size), note in self.tables.notes.items()
            for each in note.signatures
            if raffle == raffle_id and (each.name, each.key_id) == (key.name, key.key_id)
        )
        return max(signed, default=0)

    def behind(self) -> tuple[RaffleId, ...]:
        return tuple(
            sorted(raffle.id for raffle in self.tables.raffles.values() if self._is_behind(raffle.id))
        )

    def _is_behind(self, raffle_id: RaffleId) -> bool:
        state = self.tables.raffles[raffle_id].state
        if state not in _OVER:
            return state not in _BEFORE_SALES
        entered = self.tables.entered.get(StreamId(raffle_id), StreamHead()).sequence
        signed = max((size for raffle, size in self.tables.notes if raffle == raffle_id), default=0)
        unread = len(self.tables.events.get(StreamId(raffle_id), ())) > entered
        return unread or self.head(raffle_id).size > signed

    def _batches(self, raffle_id: RaffleId) -> tuple[bytes, ...]:
        return self.tables.frontiers.get(raffle_id, (Frontier().to_bytes(),))

    def _sources(self, raffle_id: RaffleId) -> dict[StreamId, SourceBlock | None]:
        leases = [row.lease for row in self.tables.blocks.values() if row.lease.raffle_id == raffle_id]
        blocks = {
            lease.stream: SourceBlock(BlockId(lease.id), lease.tag, lease.block.first_slot)
            for lease in leases
        }
        return {**blocks, StreamId(raffle_id): None}


@attrs.frozen
class FakeTreeStore:
    """Honours `riff.ports.ledger.TreeStore`."""

    tables: Tables

    def add(self, raffle_id: RaffleId, tree: int, runs: Sequence[NodeRun]) -> None:
        stored = self.tables.nodes.get((raffle_id, tree), ())
        taken = {(run.level, run.first) for run in stored}
        if any((run.level, run.first) in taken for run in runs):
            raise IntegrityFailureError("a run is stored once")
        self.tables.nodes[raffle_id, tree] = (*stored, *runs)

    def nodes(
        self, raffle_id: RaffleId, wanted: Mapping[int, Sequence[NodeRange]]
    ) -> Mapping[int, tuple[NodeRun, ...]]:
        return {tree: self._touching(raffle_id, tree, set(ranges)) for tree, ranges in wanted.items()}

    def _touching(self, raffle_id: RaffleId, tree: int, places: set[NodeRange]) -> tuple[NodeRun, ...]:
        stored = self.tables.nodes.get((raffle_id, tree), ())
        return tuple(run for run in stored if (run.level, run.first // RUN_NODES * RUN_NODES) in places)


@attrs.frozen
class FakePoolStore:
    """Honours `riff.ports.ledger.PoolStore`."""

    tables: Tables

    def add(self, raffle_id: RaffleId, draw: int, pages: Sequence[PoolPage]) -> None:
        stored = self.tables.pool_pages.get((raffle_id, draw), ())
        if {page.number for page in stored} & {page.number for page in pages}:
            raise IntegrityFailureError("a page is stored once")
        self.tables.pool_pages[raffle_id, draw] = (*stored, *pages)

    def page(self, raffle_id: RaffleId, draw: int, number: int) -> PoolPage | None:
        return next((page for page in self.pages(raffle_id, draw) if page.number == number), None)

    def pages_at(self, raffle_id: RaffleId, draws: Sequence[int], slot: int) -> Mapping[int, PoolPage]:
        before = {
            draw: [page for page in self.pages(raffle_id, draw) if page.first_slot <= slot] for draw in draws
        }
        return {draw: pages[-1] for draw, pages in before.items() if pages}

    def pages(self, raffle_id: RaffleId, draw: int) -> Iterator[PoolPage]:
        stored = self.tables.pool_pages.get((raffle_id, draw), ())
        yield from sorted(stored, key=lambda page: page.number)


def _source(event: SignificantEvent, entered: StreamHead, block: SourceBlock | None) -> SourceEvent:
    return SourceEvent(
        stream=event.stream,
        sequence=event.sequence,
        kind=event.kind,
        occurred_at=event.occurred_at,
        record=event.record,
        digest=event.digest,
        entered=entered,
        block=block,
    )


def _head(frontier: bytes) -> LedgerHead:
    restored = Frontier.from_bytes(frontier)
    return LedgerHead(restored.size, restored.root())
