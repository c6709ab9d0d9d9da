"""What is appended to a ledger at once."""

import attrs

from riff.domain.audit.ledger_source import Reading


@attrs.frozen
class LedgerHead:
    """The state of a ledger: how many entries it holds, and the root over them."""

    size: int
    root: bytes


@attrs.frozen
class LedgerEntry:
    """An entry in its place.

    Attributes:
        index: its place, from 0.
        kind: the kind of its record: `SALE`, `VOID` and so on.
        slot: first slot of the order that a SALE or VOID is about; None for the others.
        text: the entry itself.
    """

    index: int
    kind: str
    slot: int | None
    text: bytes


@attrs.frozen
class LedgerBatch:
    """Entries that follow each other, with the events that they come from.

    Attributes:
        previous_size: how many entries the ledger held before.
        entries: the new ones, in order.
        frontier: the right edge of the tree afterwards, serialised.
        readings: which events they come from; an event that is no record is read too.
    """

    previous_size: int
    entries: tuple[LedgerEntry, ...]
    frontier: bytes
    readings: tuple[Reading, ...]

    @property
    def size(self) -> int:
        """How many entries the ledger holds afterwards."""
        return self.previous_size + len(self.entries)
