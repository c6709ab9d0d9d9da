"""Significant events, chained per stream so that a gap, a change or a duplicate shows.

Method: the record of an event is the canonical JSON of its stream, sequence, kind, instant, actor and facts;
digest(n) = SHA-256(frame("riff.event.1", digest(n-1), record(n))), where digest(0) is empty.  Sequences of a
stream start at 1 and have no gap, so whoever holds a stream and its last digest can prove it complete.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime

import attrs

from riff.domain.audit.event_catalogue import EventKind
from riff.domain.identifiers import StreamId
from riff.domain.instants import aware_utc, format_instant
from riff_critical.encoding import canonical_json, frame

_TAG = "riff.event.1"

type Fact = str | int | None


@attrs.frozen
class StreamHead:
    """The end of a stream: the last sequence and its digest; 0 and empty before the first event."""

    sequence: int = 0
    digest: bytes = b""


@attrs.frozen
class SignificantEvent:
    """One event as it is stored; built by `next_event` alone.

    Attributes:
        stream: the thing whose history this belongs to.
        sequence: position in the stream, from 1.
        kind: permanent identifier from the catalogue.
        occurred_at: the instant, read once per request.
        record: the bytes that the digest covers.
        previous_digest: digest of the event before, empty for the first.
        digest: SHA-256 over the previous digest and the record.
    """

    stream: StreamId
    sequence: int
    kind: EventKind
    occurred_at: datetime = attrs.field(validator=aware_utc)
    record: bytes
    previous_digest: bytes
    digest: bytes

    @property
    def head(self) -> StreamHead:
        """The stream's end once this event is stored."""
        return StreamHead(self.sequence, self.digest)


def next_event(
    head: StreamHead,
    stream: StreamId,
    kind: EventKind,
    occurred_at: datetime,
    actor: str,
    facts: Mapping[str, Fact],
) -> SignificantEvent:
    """The event that follows `head` in its stream."""
    sequence = head.sequence + 1
    record = canonical_json(
        {
            "actor": actor,
            "at": format_instant(occurred_at),
            "event": kind.value,
            "facts": facts,
            "sequence": sequence,
            "stream": str(stream),
        }
    )
    digest = chained(head.digest, record)
    return SignificantEvent(stream, sequence, kind, occurred_at, record, head.digest, digest)


def chained(previous_digest: bytes, record: bytes) -> bytes:
    """The digest of the event with that record, after the one with that digest."""
    return hashlib.sha256(frame(_TAG, previous_digest, record)).digest()
