"""The seal S: the statement, published before any draw, of exactly what will be drawn from.

Method: S is a document; H(S) = SHA-256(frame("riff/sd1/seal", JSON of S)).  It names H(M), when it was made,
the commitments of every draw and attempt, those of every contributor for them, one pool per planned draw, the
state of the ledger, and the tally: numbers sold and valid, voided, unsold, which together are the slots of M;
the money of the valid orders and the fees on it; and the amount of every prize, in the order of M.

Words for reading aloud: the first 128 bits of H(S) as 8 proquints (D. S. Wilkerson, "A Proposal for
Proquints"), one for each 16 bits: consonant (4 bits), vowel (2), consonant (4), vowel (2), consonant (4),
with the consonants b d f g h j k l m n p r s t v z for 0 .. 15 and the vowels a i o u for 0 .. 3.  They are
joined by spaces.

Requirement: SD/1, step 5; GLI-31 2.5.1, 2.6.1.
Out of scope: whether the ledger and the pools say the same, which `tools/verify.py` checks where the ledger's
entries are published; reconciliation.
"""

from hashlib import sha256

from riff_critical.declarations import Annotated, Final, Iterable, Sequence
from riff_critical.documents import Between, Document, Hash, Name, Natural
from riff_critical.draw.commitments import Commitment, ContributionCommitment
from riff_critical.draw.faults import DrawFaultError, Fault, require
from riff_critical.draw.manifest import Manifest, Prize
from riff_critical.draw.pool import Pool
from riff_critical.encoding import frame
from riff_critical.errors import InvalidInputError
from riff_critical.ledger import Checkpoint
from riff_critical.selling import Subtotal, jackpot

_WORDS: Final = 8
_CONSONANTS: Final = "bdfghjklmnprstvz"
_VOWELS: Final = "aiou"


class PrizeAmount(Document):
    """What a prize is worth, shared by its winners."""

    prize: Name
    amount: Natural


class Tally(Document):
    """Numbers and money after reconciliation; `sold` and `gross` count valid orders only."""

    sold: Natural
    voided: Natural
    unsold: Natural
    gross: Natural
    fees: Natural


class Seal(Document):
    """S."""

    manifest: Hash
    sealed_at: Natural
    commitments: Annotated[tuple[Commitment, ...], Between(1, 900)]
    contributions: Annotated[tuple[ContributionCommitment, ...], Between(0, 14_400)]
    pools: Annotated[tuple[Pool, ...], Between(1, 100)]
    ledger_size: Natural
    ledger_root: Hash
    tally: Tally
    prizes: Annotated[tuple[PrizeAmount, ...], Between(1, 10_000)]

    def hash(self) -> bytes:
        """H(S)."""
        return sha256(frame("riff/sd1/seal", self.to_bytes())).digest()

    def words(self) -> str:
        """The first half of H(S), for reading aloud."""
        octets = self.hash()[: 2 * _WORDS]
        return " ".join(_proquint(octets[at : at + 2]) for at in range(0, 2 * _WORDS, 2))

    def commitment(self, draw: int, attempt: int) -> Commitment | None:
        """The commitment to the secret of an attempt."""
        found = (each for each in self.commitments if (each.draw, each.attempt) == (draw, attempt))
        return next(found, None)

    def contribution(self, party: str, draw: int, attempt: int) -> ContributionCommitment | None:
        """A party's commitment for an attempt."""
        wanted = party, draw, attempt
        found = (each for each in self.contributions if (each.party, each.draw, each.attempt) == wanted)
        return next(found, None)


def seal(
    manifest: Manifest,
    sealed_at: int,
    commitments: Sequence[Commitment],
    contributions: Sequence[ContributionCommitment],
    pools: Sequence[Pool],
    ledger: Checkpoint,
    tally: Tally,
) -> Seal:
    """Make the seal of a reconciled raffle.

    Raises:
        DrawFaultError: what is to be sealed contradicts M or itself.
    """
    sealed = Seal(
        manifest.hash(),
        sealed_at,
        tuple(commitments),
        tuple(contributions),
        tuple(pools),
        ledger.size,
        ledger.root,
        tally,
        prize_amounts(manifest.prizes, tally),
    )
    for check in CHECKS:
        check(manifest, sealed)
    return sealed


def prize_amounts(prizes: Sequence[Prize], tally: Tally) -> tuple[PrizeAmount, ...]:
    """The amount of each prize, as its rule gives it.

    Raises:
        DrawFaultError: prize-amount-wrong: one is larger than any number in a document.
    """
    sales = Subtotal(sold_cents=tally.gross)
    try:
        amounts = [jackpot(prize.rules(), sales, tally.fees).amount_cents for prize in prizes]
    except InvalidInputError as error:
        raise DrawFaultError(Fault.PRIZE_AMOUNT_WRONG, str(error)) from error
    return tuple(PrizeAmount(prize.id, amount) for prize, amount in zip(prizes, amounts, strict=True))


def check_manifest(manifest: Manifest, sealed: Seal) -> None:
    """S seals a raffle under M."""
    require(sealed.manifest == manifest.hash(), Fault.SEAL_OF_OTHER_MANIFEST, "S does not name H(M)")


def check_time(manifest: Manifest, sealed: Seal) -> None:
    """S was made after the close and by the deadline."""
    in_time = manifest.close_at <= sealed.sealed_at <= manifest.seal_by
    require(in_time, Fault.SEALED_AT_WRONG_TIME, f"sealed at {sealed.sealed_at}")


def check_commitments(manifest: Manifest, sealed: Seal) -> None:
    """Every draw and attempt has one commitment, and one of each contributor, in order."""
    planned = [(draw, attempt) for draw, attempt in _attempts(manifest)]
    made = [(each.draw, each.attempt) for each in sealed.commitments]
    require(made == planned, Fault.COMMITMENTS_INCOMPLETE, "not one commitment for each attempt, in order")
    expected = [(*attempt, party) for attempt in planned for party in manifest.contributors]
    contributed = [(each.draw, each.attempt, each.party) for each in sealed.contributions]
    missing = "not one commitment of each contributor for each attempt, in order"
    require(contributed == expected, Fault.CONTRIBUTIONS_INCOMPLETE, missing)


def check_tally(manifest: Manifest, sealed: Seal) -> None:
    """Nothing is missing: sold, voided and unsold are all slots, and the pools are those sold."""
    tally = sealed.tally
    total = tally.sold + tally.voided + tally.unsold
    require(
        total == manifest.slots, Fault.TALLY_WRONG, f"{total} of {manifest.slots} slots are accounted for"
    )
    require(len(sealed.pools) == len(manifest.draws), Fault.TALLY_WRONG, "not one pool for each draw")
    for draw, pool in zip(manifest.draws, sealed.pools, strict=True):
        whole = draw.sold_before is None
        right = pool.numbers == tally.sold if whole else pool.numbers <= tally.sold
        require(right, Fault.TALLY_WRONG, f"{pool.numbers} numbers in draw {draw.name}, {tally.sold} sold")


def check_prizes(manifest: Manifest, sealed: Seal) -> None:
    """Every prize has the amount that its rule gives."""
    right = sealed.prizes == prize_amounts(manifest.prizes, sealed.tally)
    require(right, Fault.PRIZE_AMOUNT_WRONG, "a prize is not what its rule gives")


CHECKS: Final = (check_manifest, check_time, check_commitments, check_tally, check_prizes)


def _attempts(manifest: Manifest) -> Iterable[tuple[int, int]]:
    for draw in range(1, len(manifest.draws) + 1):
        for attempt in range(1, manifest.attempts + 1):
            yield draw, attempt


def _proquint(octets: bytes) -> str:
    value = int.from_bytes(octets)
    return (
        _CONSONANTS[value >> 12]
        + _VOWELS[value >> 10 & 3]
        + _CONSONANTS[value >> 6 & 15]
        + _VOWELS[value >> 4 & 3]
        + _CONSONANTS[value & 15]
    )
