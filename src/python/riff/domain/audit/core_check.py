"""A look at the certified core: whether what runs is what was certified, told by a significant event."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Final, Self
from uuid import UUID

import attrs

from riff.domain.audit.event_catalogue import EventKind
from riff.domain.audit.significant_event import Fact, SignificantEvent
from riff.domain.identifiers import StreamId
from riff.domain.instants import aware_utc

# The core belongs to the deployment and to no thing in it: its stream has the nil UUID.
CORE_STREAM: Final = StreamId(UUID(int=0))


@attrs.frozen
class CoreCheck:
    """What was found, when, and by whom.

    Attributes:
        checked_at: when the files were read.
        checked_by: who read them.
        digest: over all of them.
        certified_digest: what it was compared with.
    """

    checked_at: datetime = attrs.field(validator=aware_utc)
    checked_by: str
    digest: str
    certified_digest: str

    @classmethod
    def of(cls, event: SignificantEvent) -> Self:
        """The check that an event tells of."""
        told = json.loads(event.record)
        facts = told["facts"]
        return cls(event.occurred_at, told["actor"], facts["digest"], facts["certified_digest"])

    @property
    def is_valid(self) -> bool:
        """Whether what ran was what was certified."""
        return self.digest == self.certified_digest

    @property
    def kind(self) -> EventKind:
        """What is to be recorded."""
        return EventKind.SYSTEM_VERIFIED if self.is_valid else EventKind.SYSTEM_DIFFERS

    @property
    def facts(self) -> Mapping[str, Fact]:
        """What the event tells."""
        return {"digest": self.digest, "certified_digest": self.certified_digest}
