"""Significant events: appended one at a time per stream, never changed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

import attrs

from riff.adapters.postgres.connection import Database
from riff.domain.audit.event_catalogue import EventKind
from riff.domain.audit.significant_event import Fact, SignificantEvent, StreamHead, next_event
from riff.domain.identifiers import StreamId

# Held until the transaction ends.  A second statement reads the head, since the snapshot of this one is older
# than the lock.
_LOCK: Final = """
    SELECT pg_advisory_xact_lock(hashtextextended(%(stream)s::text, 2))
"""

_HEAD: Final = """
    SELECT sequence, digest FROM significant_event WHERE stream = %(stream)s ORDER BY sequence DESC LIMIT 1
"""

_LAST: Final = """
    SELECT sequence, kind, occurred_at, record, digest FROM significant_event
    WHERE stream = %(stream)s ORDER BY sequence DESC LIMIT 2
"""

_APPEND: Final = """
    INSERT INTO significant_event (stream, sequence, kind, occurred_at, record, digest)
    VALUES (%(stream)s, %(sequence)s, %(kind)s, %(occurred_at)s, %(record)s, %(digest)s)
"""


def stream_head(database: Database, stream: StreamId) -> StreamHead:
    """The end of a stream as it is stored now; the caller holds what keeps others from appending."""
    row = database.row(_HEAD, {"stream": stream})
    return StreamHead() if row is None else StreamHead(row["sequence"], row["digest"])


@attrs.frozen
class PostgresEventStore:
    """Honours `riff.ports.stores.EventStore`."""

    _database: Database

    def append(
        self, stream: StreamId, kind: EventKind, at: datetime, actor: str, facts: Mapping[str, Fact]
    ) -> StreamHead:
        """Chain an event to the end of its stream; others that append to it wait for this transaction."""
        self._database.run(_LOCK, {"stream": stream})
        event = next_event(stream_head(self._database, stream), stream, kind, at, actor, facts)
        self._database.run(
            _APPEND,
            {
                "stream": event.stream,
                "sequence": event.sequence,
                "kind": event.kind.value,
                "occurred_at": event.occurred_at,
                "record": event.record.decode(),
                "digest": event.digest,
            },
        )
        return event.head

    def last(self, stream: StreamId) -> SignificantEvent | None:
        """The last event of a stream, or None while there is none."""
        rows = list(self._database.rows(_LAST, {"stream": stream}))
        if not rows:
            return None
        newest, *before = rows
        return SignificantEvent(
            stream=stream,
            sequence=newest["sequence"],
            kind=EventKind(newest["kind"]),
            occurred_at=newest["occurred_at"],
            record=newest["record"].encode(),
            previous_digest=before[0]["digest"] if before else b"",
            digest=newest["digest"],
        )
