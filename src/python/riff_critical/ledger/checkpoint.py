"""Checkpoints (C2SP tlog-checkpoint): the state of a ledger as the text of a signed note.

Method: the text is origin || newline || size in decimal without leading zeros || newline || base64(root) ||
newline. The origin is the log's key name and satisfies the same rule.  Extension lines, which the format
discourages because nobody can audit them, are neither written nor read.

Vectors: tests/vectors/notes.json.  Requirement: SD/1, step 3.
Out of scope: signatures (`note`), and whether two checkpoints are consistent (`tree`).
"""

from riff_critical.declarations import Final, Self
from riff_critical.encoding import MAX_INTEGER, NotBase64Error, base64, unbase64
from riff_critical.errors import InvalidInputError
from riff_critical.ledger.note import is_key_name
from riff_critical.ledger.tree import HASH_BYTES
from riff_critical.values import Value

_LINES: Final = 4  # of which the last, behind the last newline, is empty
_MAX_DIGITS: Final = 16  # of MAX_INTEGER; a longer size is not the one that these digits make


class CheckpointError(InvalidInputError):
    """The text is not a checkpoint, or the values cannot form one."""

    code = "checkpoint-invalid"


class Checkpoint(Value):
    """The state of the ledger `origin` when it held `size` entries."""

    origin: str
    size: int
    root: bytes

    def __post_init__(self) -> None:
        """Check that the text of the values is a checkpoint."""
        if not is_key_name(self.origin):
            raise CheckpointError("an origin is not empty and has neither white space nor a plus sign")
        if not 0 <= self.size <= MAX_INTEGER or len(self.root) != HASH_BYTES:
            raise CheckpointError("a checkpoint has a size and a root hash")

    def to_text(self) -> str:
        """The checkpoint as the text of a note."""
        return f"{self.origin}\n{self.size}\n{base64(self.root)}\n"

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Read the text of a note.

        Raises:
            CheckpointError: it is not a checkpoint in its one form.
        """
        lines = text.split("\n")
        if len(lines) != _LINES or not lines[1].isdecimal():
            raise CheckpointError("a checkpoint has three lines: origin, size, root")
        try:
            checkpoint = cls(lines[0], int(lines[1][:_MAX_DIGITS]), unbase64(lines[2]))
        except NotBase64Error as error:
            raise CheckpointError(f"the root is {error}") from error
        if checkpoint.to_text() != text:
            raise CheckpointError("a size is at most 2^53 - 1, without leading zeros")
        return checkpoint
