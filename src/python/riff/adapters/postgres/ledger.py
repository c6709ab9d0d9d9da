"""Public ledgers: entries in batches that follow each other, and the signed statements of their state."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

import attrs
from psycopg.rows import DictRow

from riff.adapters.postgres.connection import Database
from riff.domain.audit.event_catalogue import EventKind
from riff.domain.audit.ledger_batch import LedgerBatch, LedgerEntry, LedgerHead
from riff.domain.audit.ledger_source import SourceBlock, SourceEvent
from riff.domain.audit.signed_state import SignedState, StatedOrder
from riff.domain.audit.significant_event import StreamHead
from riff.domain.identifiers import RaffleId
from riff.errors import IntegrityFailureError, NotFoundError
from riff_critical.ledger import EMPTY_ROOT, Frontier, Note, Signature, VerifierKey

_FETCHED: Final = 1000

# Held until the transaction ends.  What is read after it sees what earlier holders have committed.
_LOCK: Final = """
    SELECT pg_advisory_xact_lock(hashtextextended(%(raffle_id)s::text, 3))
"""

_FRONTIER: Final = """
    SELECT size, frontier FROM ledger_batch WHERE raffle_id = %(raffle_id)s ORDER BY size DESC LIMIT 1
"""

_FRONTIER_AT: Final = """
    SELECT size, frontier FROM ledger_batch WHERE raffle_id = %(raffle_id)s AND size = %(size)s
"""

# One statement, so one instant: with an event everything is seen that its writer saw.  `not_before` never
# falls within a stream, so that ordering by it keeps each stream in its order although clocks differ.  Only
# names are sorted; the events are read as they are asked for.
_UNREAD: Final = """
    WITH source AS (
        SELECT id AS stream FROM block WHERE raffle_id = %(raffle_id)s
        UNION ALL
        SELECT %(raffle_id)s
    )
    SELECT source.stream, unread.sequence
    FROM source
        LEFT JOIN LATERAL (
            SELECT end_sequence FROM ledger_reading WHERE stream = source.stream
            ORDER BY end_sequence DESC LIMIT 1
        ) AS entered ON true
        CROSS JOIN LATERAL (
            SELECT sequence, max(occurred_at) OVER (ORDER BY sequence) AS not_before
            FROM significant_event
            WHERE stream = source.stream AND sequence > coalesce(entered.end_sequence, 0)
        ) AS unread
    ORDER BY unread.not_before, source.stream, unread.sequence
"""

_EVENTS: Final = """
    SELECT event.stream, event.sequence, kind, occurred_at, record, event.digest, block.tag, block.first_slot,
        entered.end_sequence, entered.digest AS end_digest
    FROM unnest(%(streams)s::uuid[], %(sequences)s::bigint[]) WITH ORDINALITY
            AS wanted (stream, sequence, place)
        JOIN significant_event AS event USING (stream, sequence)
        LEFT JOIN block ON block.id = wanted.stream
        LEFT JOIN LATERAL (
            SELECT end_sequence, digest FROM ledger_reading WHERE stream = wanted.stream
            ORDER BY end_sequence DESC LIMIT 1
        ) AS entered ON true
    ORDER BY wanted.place
"""

_ADD_ENTRIES: Final = """
    INSERT INTO ledger_entry (raffle_id, index, slot, kind, entry)
    SELECT %(raffle_id)s, index, slot, kind, entry
    FROM unnest(%(indices)s::bigint[], %(slots)s::integer[], %(kinds)s::text[], %(entries)s::text[])
        AS added (index, slot, kind, entry)
"""

_ADD_READINGS: Final = """
    INSERT INTO ledger_reading (stream, end_sequence, start_sequence, follows, digest, raffle_id, ledger_size)
    SELECT stream, end_sequence, start_sequence, nullif(start_sequence, 0), digest, %(raffle_id)s, %(size)s
    FROM unnest(%(streams)s::uuid[], %(ends)s::bigint[], %(starts)s::bigint[], %(digests)s::bytea[])
        AS added (stream, end_sequence, start_sequence, digest)
"""

_ADD_BATCH: Final = """
    INSERT INTO ledger_batch (raffle_id, size, previous_size, follows, frontier)
    VALUES (%(raffle_id)s, %(size)s, %(previous_size)s, nullif(%(previous_size)s, 0), %(frontier)s)
"""

_OF_ORDER: Final = """
    SELECT index, kind, slot, entry FROM ledger_entry
    WHERE raffle_id = %(raffle_id)s AND slot = %(slot)s
    ORDER BY index
"""

_ENTRIES: Final = """
    SELECT index, entry FROM ledger_entry
    WHERE raffle_id = %(raffle_id)s AND index >= %(first)s AND index < %(end)s
    ORDER BY index
"""

_ADD_CHECKPOINT: Final = """
    INSERT INTO ledger_checkpoint (raffle_id, size, text, signed_at)
    VALUES (%(raffle_id)s, %(size)s, %(text)s, %(at)s)
    ON CONFLICT (raffle_id, size) DO NOTHING
"""

_ADD_SIGNATURE: Final = """
    INSERT INTO ledger_signature (raffle_id, size, name, key_id, payload, added_at)
    SELECT raffle_id, size, %(name)s, %(key_id)s, %(payload)s, %(at)s
    FROM ledger_checkpoint
    WHERE raffle_id = %(raffle_id)s AND size = %(size)s AND text = %(text)s
    ON CONFLICT (raffle_id, size, name, key_id) DO NOTHING
"""

_CHECKPOINTS: Final = """
    SELECT size, text, signature.name, signature.key_id, signature.payload
    FROM (
        SELECT raffle_id, size, text FROM ledger_checkpoint
        WHERE raffle_id = %(raffle_id)s AND size BETWEEN %(least)s AND %(most)s
        ORDER BY size LIMIT %(limit)s
    ) AS checkpoint
        JOIN ledger_signature AS signature USING (raffle_id, size)
    ORDER BY size, signature.added_at, signature.name
"""

# Every entry with every signature of both states: few, as an order has at most two entries.  Each end of the
# states is sought in the index, however many there are.
_STATED: Final = """
    WITH entered AS (
        SELECT index, kind, slot, entry FROM ledger_entry
        WHERE raffle_id = %(raffle_id)s AND slot = %(slot)s
    ), ends AS (
        (SELECT raffle_id, size, text FROM ledger_checkpoint
            WHERE raffle_id = %(raffle_id)s AND size > (SELECT min(index) FROM entered) AND size <= %(most)s
            ORDER BY size LIMIT 1)
        UNION
        (SELECT raffle_id, size, text FROM ledger_checkpoint
            WHERE raffle_id = %(raffle_id)s AND size > (SELECT min(index) FROM entered) AND size <= %(most)s
            ORDER BY size DESC LIMIT 1)
    )
    SELECT index, kind, slot, entry, state.size, text, frontier, name, key_id, payload
    FROM entered LEFT JOIN (
        SELECT size, text, frontier, signature.name, signature.key_id, signature.payload, signature.added_at
        FROM ends
            JOIN ledger_batch USING (raffle_id, size)
            JOIN ledger_signature AS signature USING (raffle_id, size)
    ) AS state ON true
    ORDER BY index, state.size, added_at, name
"""

_COSIGNED: Final = """
    SELECT coalesce(max(size), 0) AS size FROM ledger_signature
    WHERE raffle_id = %(raffle_id)s AND name = %(name)s AND key_id = %(key_id)s
"""

# A raffle that is over has something to enter only if its own stream went on: its blocks sell no more.
_BEHIND: Final = """
    SELECT id FROM raffle
    WHERE state IN ('active', 'suspended', 'sales_closed', 'reconciling', 'reconciled', 'sealed', 'drawing')
        OR (state IN ('completed', 'cancelled') AND (
            EXISTS (
                SELECT FROM significant_event
                WHERE stream = raffle.id AND sequence > coalesce(
                    (SELECT max(end_sequence) FROM ledger_reading WHERE stream = raffle.id), 0))
            OR (SELECT max(size) FROM ledger_batch WHERE raffle_id = raffle.id)
                > coalesce((SELECT max(size) FROM ledger_checkpoint WHERE raffle_id = raffle.id), 0)))
    ORDER BY id
"""


@attrs.frozen
class PostgresLedgerStore:
    """Honours `riff.ports.ledger.LedgerStore`."""

    _database: Database

    def lock(self, raffle_id: RaffleId) -> Frontier:
        """The right edge of the ledger; others that append to it wait for this transaction."""
        self._database.run(_LOCK, {"raffle_id": raffle_id})
        row = self._database.row(_FRONTIER, {"raffle_id": raffle_id})
        return Frontier() if row is None else Frontier.from_bytes(row["frontier"])

    def unread(self, raffle_id: RaffleId) -> Iterator[SourceEvent]:
        """Every event of the raffle's and its blocks' streams that was not read yet, at one instant."""
        for names in self._database.stream(_UNREAD, {"raffle_id": raffle_id}, _FETCHED):
            wanted = {
                "streams": [name["stream"] for name in names],
                "sequences": [name["sequence"] for name in names],
            }
            yield from map(_source, self._database.rows(_EVENTS, wanted))

    def append(self, raffle_id: RaffleId, batch: LedgerBatch) -> None:
        """Store a batch of a ledger that this transaction has locked.

        Raises:
            IntegrityFailureError: the ledger has gone on, or an event or a sale was entered before.
        """
        self._database.run(
            _ADD_READINGS,
            {
                "raffle_id": raffle_id,
                "size": batch.size,
                "streams": [each.stream for each in batch.readings],
                "ends": [each.end.sequence for each in batch.readings],
                "starts": [each.start.sequence for each in batch.readings],
                "digests": [each.end.digest for each in batch.readings],
            },
        )
        if not batch.entries:
            return
        self._database.run(
            _ADD_ENTRIES,
            {
                "raffle_id": raffle_id,
                "indices": [each.index for each in batch.entries],
                "slots": [each.slot for each in batch.entries],
                "kinds": [each.kind for each in batch.entries],
                "entries": [each.text.decode() for each in batch.entries],
            },
        )
        self._database.run(
            _ADD_BATCH,
            {
                "raffle_id": raffle_id,
                "size": batch.size,
                "previous_size": batch.previous_size,
                "frontier": batch.frontier,
            },
        )

    def head(self, raffle_id: RaffleId) -> LedgerHead:
        """The ledger as it stands; of size 0 before the first entry."""
        row = self._database.row(_FRONTIER, {"raffle_id": raffle_id})
        return LedgerHead(0, EMPTY_ROOT) if row is None else _head(row["frontier"])

    def head_at(self, raffle_id: RaffleId, size: int) -> LedgerHead:
        """The ledger as it stood when it held `size` entries.

        Raises:
            NotFoundError: no batch ended there.
        """
        return _head(self.frontier(raffle_id, size))

    def frontier(self, raffle_id: RaffleId, size: int) -> bytes:
        """The right edge of the ledger when it held `size` entries, serialised.

        Raises:
            NotFoundError: no batch ended there.
        """
        if not size:
            return Frontier().to_bytes()
        row = self._database.row(_FRONTIER_AT, {"raffle_id": raffle_id, "size": size})
        if row is None:
            raise NotFoundError("The ledger never stood at that size.")
        frontier: bytes = row["frontier"]
        return frontier

    def of_order(self, raffle_id: RaffleId, slot: int) -> tuple[LedgerEntry, ...]:
        """The SALE of the order that begins at a slot, and the VOID after it, as far as they are entered."""
        return tuple(map(_entry, self._database.rows(_OF_ORDER, {"raffle_id": raffle_id, "slot": slot})))

    def entries(self, raffle_id: RaffleId, first: int, end: int) -> Iterator[bytes]:
        """The entries first .. end - 1, read as they are asked for."""
        for start in range(first, end, _FETCHED):
            part = {"raffle_id": raffle_id, "first": start, "end": min(start + _FETCHED, end)}
            for row in self._database.rows(_ENTRIES, part):
                yield row["entry"].encode()

    def add_note(self, raffle_id: RaffleId, size: int, note: Note, at: datetime) -> None:
        """Keep a signed checkpoint of a size at which a batch ended; earlier signatures stay.

        Raises:
            IntegrityFailureError: no batch ended there, or another text was signed for that size.
        """
        place = {"raffle_id": raffle_id, "size": size, "text": note.text, "at": at}
        self._database.run(_ADD_CHECKPOINT, place)
        for each in note.signatures:
            signature = {"name": each.name, "key_id": each.key_id, "payload": each.payload}
            self._database.run(_ADD_SIGNATURE, {**place, **signature})
        kept = self.checkpoint(raffle_id, size)
        if kept is None or kept.text != note.text:
            raise IntegrityFailureError("Another state of the ledger was signed for that size.")

    def checkpoint(self, raffle_id: RaffleId, size: int) -> Note | None:
        """The signed checkpoint of that size with every signature so far, or None."""
        return next(self.checkpoints(raffle_id, size, size), None)

    def checkpoints(self, raffle_id: RaffleId, least: int, most: int) -> Iterator[Note]:
        """The signed checkpoints of the sizes least .. most, smallest first, read as they are asked for."""
        limit = 1
        while least <= most:
            part = {"raffle_id": raffle_id, "least": least, "most": most, "limit": limit}
            found = _by_size(self._database.rows(_CHECKPOINTS, part))
            yield from map(_note, found.values())
            if not found:
                return
            least, limit = max(found) + 1, _FETCHED

    def stated(self, raffle_id: RaffleId, slot: int, most: int) -> StatedOrder:
        """What the signed states of at most so many entries say of the order that begins at a slot."""
        place = {"raffle_id": raffle_id, "slot": slot, "most": most}
        rows = self._database.rows(_STATED, place, binary=True)
        of_entry: dict[int, list[DictRow]] = {}
        for row in rows:
            of_entry.setdefault(row["index"], []).append(row)
        signed = [row for row in next(iter(of_entry.values()), []) if row["size"] is not None]
        states = [SignedState(_note(each), each[0]["frontier"]) for each in _by_size(signed).values()]
        entries = tuple(_entry(each[0]) for each in of_entry.values())
        return StatedOrder(entries, (states[0], states[-1]) if states else None)

    def cosigned(self, raffle_id: RaffleId, key: VerifierKey) -> int:
        """The size of the largest checkpoint that carries a signature under a key; 0 if there is none."""
        signer = {"raffle_id": raffle_id, "name": key.name, "key_id": key.key_id}
        size: int = self._database.only(_COSIGNED, signer)["size"]
        return size

    def behind(self) -> tuple[RaffleId, ...]:
        """Raffles whose ledger may have something to enter or to sign."""
        return tuple(row["id"] for row in self._database.rows(_BEHIND, {}))


def _source(row: DictRow) -> SourceEvent:
    block = None if row["tag"] is None else SourceBlock(row["stream"], row["tag"], row["first_slot"])
    entered = (
        StreamHead() if row["end_sequence"] is None else StreamHead(row["end_sequence"], row["end_digest"])
    )
    return SourceEvent(
        stream=row["stream"],
        sequence=row["sequence"],
        kind=EventKind(row["kind"]),
        occurred_at=row["occurred_at"],
        record=row["record"].encode(),
        digest=row["digest"],
        entered=entered,
        block=block,
    )


def _head(frontier: bytes) -> LedgerHead:
    restored = Frontier.from_bytes(frontier)
    return LedgerHead(restored.size, restored.root())


def _entry(row: DictRow) -> LedgerEntry:
    return LedgerEntry(row["index"], row["kind"], row["slot"], row["entry"].encode())


def _by_size(rows: Iterable[DictRow]) -> dict[int, list[DictRow]]:
    found: dict[int, list[DictRow]] = {}
    for row in rows:
        found.setdefault(row["size"], []).append(row)
    return found


def _note(rows: list[DictRow]) -> Note:
    signatures = (Signature(row["name"], row["key_id"], row["payload"]) for row in rows)
    return Note(rows[0]["text"], tuple(signatures))
