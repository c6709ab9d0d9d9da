"""Stores of events, of answers to commands, and of staff, in memory."""

from collections.abc import Mapping
from datetime import datetime

import attrs

from riff.domain.accounts.staff import StaffMember
from riff.domain.audit.event_catalogue import EventKind
from riff.domain.audit.significant_event import Fact, SignificantEvent, StreamHead, next_event
from riff.domain.checkout.checkout import RequestKey
from riff.domain.identifiers import StreamId
from riff.ports.replies import StoredReply
from tests.support.fakes.tables import Tables


@attrs.frozen
class FakeEventStore:
    """Honours `riff.ports.stores.EventStore`."""

    tables: Tables

    def append(
        self, stream: StreamId, kind: EventKind, at: datetime, actor: str, facts: Mapping[str, Fact]
    ) -> StreamHead:
        earlier = self.tables.events.get(stream, ())
        head = earlier[-1].head if earlier else StreamHead()
        event = next_event(head, stream, kind, at, actor, facts)
        self.tables.events[stream] = (*earlier, event)
        return event.head

    def last(self, stream: StreamId) -> SignificantEvent | None:
        return next(reversed(self.tables.events.get(stream, ())), None)


@attrs.frozen
class FakeCommandStore:
    """Honours `riff.ports.stores.CommandStore`."""

    tables: Tables

    def claim(self, request: RequestKey, at: datetime) -> StoredReply | None:  # noqa: ARG002 - the port's signature; this fake keeps no instants
        stored = self.tables.replies.get((request.scope, request.key))
        if stored is None:
            return None
        digest, reply = stored
        request.require_same(digest)
        return reply

    def answer(self, request: RequestKey, reply: StoredReply) -> None:
        place = request.scope, request.key
        if place in self.tables.replies:
            raise RuntimeError("a key is answered once")
        self.tables.replies[place] = request.digest, reply


@attrs.frozen
class FakeStaffStore:
    """Honours `riff.ports.stores.StaffStore`."""

    tables: Tables

    def find(self, subject: str) -> StaffMember | None:
        return self.tables.staff.get(subject)
