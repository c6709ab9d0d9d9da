"""The transcript T: what is published so that anybody can repeat the draws.

Method: T is a document with M, S, the signed checkpoint of the ledger that S names (as the lines of a signed
note), and every attempt so far, in order.  H(T) = SHA-256(frame("riff/sd1/transcript", JSON of T)) goes into
the ledger as a DRAW record.  The pools are published beside it in their compact form, each under the root
that S gives it.

An attempt holds, for whoever repeats it: the reason of every fallback, the opening, nonce and
personalization, every block that the generator gave, winners and alternates with index and slot, and the
digest of the code that ran.  A failed attempt holds the reason of its failure and no result.  In manual mode
two officials enter the same slots, winners first, and there is neither an opening nor a block.

A substitution promotes the next alternate in place of winner number `winner` (from 0), on the word of two
officials.

Requirement: SD/1, steps 9 and 10; GLI-31 2.6.3-5.
Out of scope: whether the reasons are good ones.
"""

from hashlib import sha256

from riff_critical.declarations import Annotated
from riff_critical.documents import Between, Document, DocumentError, Hash, Line, Name, Natural, Positive
from riff_critical.draw.entropy import NONCE_BYTES, Opening
from riff_critical.draw.manifest import EntropyMode, Manifest
from riff_critical.draw.seal import Seal
from riff_critical.encoding import frame

MAX_OUTPUT_BYTES = 7  # an index is below 2^53


class Fallback(Document):
    """A mode of M that could not be used, and why."""

    mode: EntropyMode
    reason: Line


class Entry(Document):
    """What one official, a salted hash, entered in a manual draw."""

    official: Hash
    slots: Annotated[tuple[Natural, ...], Between(1, 101_000)]


class Place(Document):
    """An index of the pool, and its slot."""

    index: Natural
    slot: Natural


class Winner(Document):
    """A place that won a prize, and this winner's part of it."""

    prize: Name
    amount: Natural
    index: Natural
    slot: Natural


class Substitution(Document):
    """An alternate in place of a winner."""

    at: Natural
    winner: Natural
    alternate: Natural
    reason: Line
    officials: Annotated[tuple[Hash, ...], Between(2, 2)]


class Attempt(Document):
    """One attempt of one draw."""

    draw: Positive
    attempt: Positive
    started_at: Natural
    critical_digest: Hash
    fallbacks: Annotated[tuple[Fallback, ...], Between(0, 3)]
    failure: Line | None
    opening: Opening | None
    nonce: Annotated[bytes, Between(NONCE_BYTES, NONCE_BYTES)] | None
    personalization: Hash | None
    outputs: tuple[Annotated[bytes, Between(1, MAX_OUTPUT_BYTES)], ...]
    entries: Annotated[tuple[Entry, ...], Between(0, 2)]
    winners: tuple[Winner, ...]
    alternates: tuple[Place, ...]
    substitutions: tuple[Substitution, ...]

    def require(self) -> None:
        """An attempt either failed or has winners."""
        inputs = self.opening, self.nonce, self.personalization, self.entries
        result = *inputs, self.outputs, self.winners, self.alternates, self.substitutions
        if any(result) if self.failure else not self.winners:
            raise DocumentError("an attempt has either a failure or winners")

    def taken(self, instant: int) -> tuple[int, ...]:
        """The slots that had won at `instant`: all winners drawn, and the alternates promoted until then."""
        promoted = {each.alternate for each in self.substitutions if each.at <= instant}
        alternates = (place.slot for rank, place in enumerate(self.alternates) if rank in promoted)
        return (*(winner.slot for winner in self.winners), *alternates)


class Transcript(Document):
    """T."""

    manifest: Manifest
    seal: Seal
    checkpoint: Annotated[tuple[Annotated[str, Between(0, 10_000)], ...], Between(1, 200)]
    attempts: Annotated[tuple[Attempt, ...], Between(0, 900)]

    def hash(self) -> bytes:
        """H(T)."""
        return sha256(frame("riff/sd1/transcript", self.to_bytes())).digest()

    def note(self) -> bytes:
        """The signed checkpoint."""
        return "".join(f"{line}\n" for line in self.checkpoint).encode()

    def excluded(self, draw: int, instant: int) -> frozenset[int]:
        """The slots that cannot win a draw started at `instant`: earlier winners that were not returned."""
        planned = self.manifest.draws[: draw - 1]
        kept = {number for number, earlier in enumerate(planned, start=1) if not earlier.returned}
        earlier_attempts = (attempt for attempt in self.attempts if attempt.draw in kept)
        return frozenset(slot for attempt in earlier_attempts for slot in attempt.taken(instant))
