"""The manifest M of a raffle: everything that decides its draws, fixed at activation.

Method: M is a document (riff_critical.documents), and H(M) = SHA-256(frame("riff/sd1/manifest", JSON of M)).
Instants are Unix time in milliseconds, except the beacon's own seconds; money is in the currency's smallest
unit. Draws are numbered from 1 in the order of `draws`, and attempts from 1 to `attempts`.

Entropy modes, of which `mode` is the planned one and `ladder` what may follow when its value cannot be had:
    rng_only        the secret alone;
    commit_reveal   the secret, and a contribution of every one of `contributors`;
    beacon          both, and the beacon's signature of the round planned for the draw and the attempt;
    manual          counterfoils drawn by hand.
Round r of the beacon comes at genesis + (r - 1) * period seconds; no planned round comes earlier than 10
minutes after the seal deadline.

A prize's amount follows from the sealed sales by riff_critical.selling.jackpot; a fixed prize is a seed and
no share.

Requirement: SD/1, step 1; GLI-31 2.2.3.
Out of scope: whether the rule profile allows what is planned.
"""

from enum import StrEnum
from hashlib import sha256
from itertools import pairwise

from riff_critical.declarations import Annotated, Final
from riff_critical.documents import (
    Between,
    Document,
    DocumentError,
    Hash,
    Line,
    Matching,
    Name,
    Natural,
    Positive,
)
from riff_critical.encoding import frame
from riff_critical.ledger import NoteError, SignatureType, VerifierKey
from riff_critical.selling import MAX_SLOTS, Basis, JackpotRules, Rounding

MIN_BEACON_DELAY_MS: Final = 10 * 60 * 1000

MAX_ATTEMPTS: Final = 9


class EntropyMode(StrEnum):
    """Where the unpredictability of a draw comes from."""

    RNG_ONLY = "rng_only"
    COMMIT_REVEAL = "commit_reveal"
    BEACON = "beacon"
    MANUAL = "manual"


class Package(Document):
    """`count` numbers for `price`, as on sale at activation."""

    id: Name
    count: Positive
    price: Natural


class Prize(Document):
    """A prize, shared by `winners`, and the rule of its amount."""

    id: Name
    winners: Annotated[int, Between(1, 1000)]
    share_basis_points: Annotated[int, Between(0, 10_000)]
    basis: Basis
    seed: Natural
    minimum: Natural
    cap: Natural | None
    rounding_unit: Positive
    rounding: Rounding

    def rules(self) -> JackpotRules:
        """The rule of the amount, for riff_critical.selling."""
        return JackpotRules(
            self.share_basis_points,
            self.basis,
            self.seed,
            self.minimum,
            self.cap,
            self.rounding_unit,
            self.rounding,
        )

    def require(self) -> None:
        """The rule of the amount is one."""
        self.rules()


class PlannedDraw(Document):
    """A draw: its prizes in the order of drawing, and what happens to the numbers that win.

    `replacement`: a number may win several prizes of this draw.  `returned`: its winners stay in later draws.
    `sold_before`: only orders sold before this instant take part (early bird).  `rounds`: of the beacon, one
    for each attempt, or none.
    """

    name: Name
    prizes: Annotated[tuple[Prize, ...], Between(1, 100)]
    alternates: Annotated[int, Between(0, 1000)]
    replacement: bool
    returned: bool
    sold_before: Natural | None
    rounds: Annotated[tuple[Positive, ...], Between(0, MAX_ATTEMPTS)]

    @property
    def winners(self) -> int:
        """How many winners there are, over all prizes."""
        return sum(prize.winners for prize in self.prizes)


class Beacon(Document):
    """A public randomness beacon (drand): its chain hash, key, and time scale."""

    chain: Hash
    public_key: Annotated[bytes, Between(48, 96)]
    scheme: Name
    genesis: Natural
    period: Positive

    def instant(self, round_: int) -> int:
        """When a round comes, in milliseconds."""
        return (self.genesis + (round_ - 1) * self.period) * 1000


class Log(Document):
    """Who signs the state of the ledger, and how many witnesses must cosign it."""

    key: Line
    witnesses: Annotated[tuple[Line, ...], Between(0, 16)]
    quorum: Annotated[int, Between(0, 16)]

    def require(self) -> None:
        """The keys are keys of their types, and the quorum can be met."""
        try:
            log, witnesses = self.log_key(), self.witness_keys()
        except NoteError as error:
            raise DocumentError(f"a key of the log: {error}") from error
        if log.type is not SignatureType.ED25519 or any(
            witness.type is not SignatureType.COSIGNATURE for witness in witnesses
        ):
            raise DocumentError("the log signs, and witnesses cosign")
        _require_distinct("witnesses", self.witnesses)
        if self.quorum > len(self.witnesses):
            raise DocumentError("the quorum is larger than the number of witnesses")

    def log_key(self) -> VerifierKey:
        """The log's key, whose name is the log's origin."""
        return VerifierKey.from_text(self.key)

    def witness_keys(self) -> tuple[VerifierKey, ...]:
        """The witnesses' keys."""
        return tuple(VerifierKey.from_text(text) for text in self.witnesses)


class Manifest(Document):
    """M."""

    protocol: Annotated[str, Matching("SD/1")]
    generator: Annotated[str, Matching("HMAC_DRBG-SHA-256")]
    tree: Annotated[str, Matching("RFC6962-SHA-256")]
    critical_digest: Hash
    raffle: Name
    event: Positive
    licence: Line
    currency: Annotated[str, Matching("[A-Z]{3}")]
    profile: Name
    profile_hash: Hash
    slots: Annotated[int, Between(1, MAX_SLOTS)]
    packages: Annotated[tuple[Package, ...], Between(1, 100)]
    draws: Annotated[tuple[PlannedDraw, ...], Between(1, 100)]
    attempts: Annotated[int, Between(1, MAX_ATTEMPTS)]
    close_at: Natural
    seal_by: Natural
    mode: EntropyMode
    ladder: Annotated[tuple[EntropyMode, ...], Between(0, 3)]
    contributors: Annotated[tuple[Name, ...], Between(0, 16)]
    beacon: Beacon | None
    log: Log

    @property
    def modes(self) -> tuple[EntropyMode, ...]:
        """The planned mode and its fallbacks."""
        return (self.mode, *self.ladder)

    @property
    def prizes(self) -> tuple[Prize, ...]:
        """The prizes of all draws, in order."""
        return tuple(prize for draw in self.draws for prize in draw.prizes)

    def hash(self) -> bytes:
        """H(M)."""
        return sha256(frame("riff/sd1/manifest", self.to_bytes())).digest()

    def require(self) -> None:
        """What is planned is consistent."""
        _require_distinct("modes", self.modes)
        _require_distinct("contributors", self.contributors)
        _require_distinct("packages", [package.id for package in self.packages])
        _require_distinct("draws", [draw.name for draw in self.draws])
        _require_distinct("prizes", [prize.id for prize in self.prizes])
        if self.close_at > self.seal_by:
            raise DocumentError("the seal deadline comes before the close")
        self._require_contributors()
        self._require_rounds()

    def _require_contributors(self) -> None:
        if EntropyMode.COMMIT_REVEAL in self.modes and not self.contributors:
            raise DocumentError("commit_reveal needs a contributor")
        if not {EntropyMode.COMMIT_REVEAL, EntropyMode.BEACON} & set(self.modes) and self.contributors:
            raise DocumentError("no mode uses the contributors")

    def _require_rounds(self) -> None:
        if (self.beacon is not None) != (EntropyMode.BEACON in self.modes):
            raise DocumentError("a beacon is named if, and only if, a mode uses it")
        for draw in self.draws:
            if len(draw.rounds) != (0 if self.beacon is None else self.attempts):
                raise DocumentError(f"draw {draw.name} needs one round for each attempt with a beacon")
            if any(later <= earlier for earlier, later in pairwise(draw.rounds)):
                raise DocumentError(f"the rounds of draw {draw.name} do not ascend")
            if self.beacon and self.beacon.instant(draw.rounds[0]) < self.seal_by + MIN_BEACON_DELAY_MS:
                raise DocumentError(f"the first round of draw {draw.name} comes too soon after the seal")


def _require_distinct(what: str, values: "tuple[str, ...] | list[str]") -> None:
    if len(set(values)) != len(values):
        raise DocumentError(f"{what} are not distinct")
