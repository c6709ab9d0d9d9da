"""Signed states of a ledger, with what proofs that lead to them are made from."""

from functools import cached_property

import attrs

from riff.domain.audit.ledger_batch import LedgerEntry, LedgerHead
from riff_critical.ledger import Checkpoint, Note


@attrs.frozen
class SignedState:
    """A signed state of a ledger.

    Attributes:
        note: the checkpoint with its signatures.
        frontier: the right edge of the tree at that state, serialised.
    """

    note: Note
    frontier: bytes

    @cached_property
    def head(self) -> LedgerHead:
        """What is signed."""
        return signed_head(self.note)


@attrs.frozen
class StatedOrder:
    """What the signed states of a ledger, up to some size, say of an order.

    Attributes:
        entries: its SALE and after it its VOID, as far as they are entered, signed or not.
        ends: the smallest signed state that holds the SALE, and the largest; None while there is none.
    """

    entries: tuple[LedgerEntry, ...]
    ends: tuple[SignedState, SignedState] | None


def signed_head(note: Note) -> LedgerHead:
    """The state that a checkpoint states.

    Raises:
        CheckpointError: the text of the note is no checkpoint.
    """
    stated = Checkpoint.from_text(note.text)
    return LedgerHead(stated.size, stated.root)
