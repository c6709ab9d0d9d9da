"""Checkpoints (C2SP tlog-checkpoint): the state of a ledger as the text of a signed note.

Method: the text is origin || newline || size in decimal without leading zeros || newline || base64(root) ||
newline. The origin is the log's key name and satisfies the same rule.  Extension lines, which the format
discourages because nobody can audit them, are neither written nor read.

Vectors: tests/vectors/notes.json.  Requirement: SD/1, step 3.
Out of scope: signatures (`note`), and whether two checkpoints are consistent (`tree`).
"""

import re
from base64 import b64decode, b64encode
from dataclasses import dataclass
from typing import Final, Self

from riff_critical.encoding import MAX_INTEGER
from riff_critical.errors import InvalidInputError
from riff_critical.ledger.tree import HASH_BYTES

_TEXT: Final = re.compile(r"([^\s+]+)\n(0|[1-9][0-9]{0,15})\n([A-Za-z0-9+/]{43}=)\n")
_ORIGIN: Final = re.compile(r"[^\s+]+")


class CheckpointError(InvalidInputError):
    """The text is not a checkpoint, or the values cannot form one."""

    code = "checkpoint-invalid"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The state of the ledger `origin` when it held `size` entries."""

    origin: str
    size: int
    root: bytes

    def __post_init__(self) -> None:
        """Check that the text of the values is a checkpoint."""
        if not _ORIGIN.fullmatch(self.origin):
            raise CheckpointError("an origin is not empty and has neither white space nor a plus sign")
        if not 0 <= self.size <= MAX_INTEGER or len(self.root) != HASH_BYTES:
            raise CheckpointError("a checkpoint has a size and a root hash")

    def to_text(self) -> str:
        """The checkpoint as the text of a note."""
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n"

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Read the text of a note.

        Raises:
            CheckpointError: it is not a checkpoint in its one form.
        """
        match = _TEXT.fullmatch(text)
        if match is None:
            raise CheckpointError("a checkpoint has three lines: origin, size, root")
        checkpoint = cls(match[1], int(match[2]), b64decode(match[3]))
        if checkpoint.to_text() != text:
            raise CheckpointError("base64 in another form than the canonical one")
        return checkpoint
