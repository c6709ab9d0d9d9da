"""The opening of an attempt, and the generator's input that follows from it.

What an opening holds, by mode:
    rng_only        s;
    commit_reveal   s, and the contribution e of every contributor of M, in the order of M;
    beacon          the same, and the beacon's value: chain, round, signature b, randomness = SHA-256(b);
    manual          there is no opening.
Checks: s and every e open their commitments in S.  The chain and the round are those of M for this draw and
attempt. A contribution is opened after the seal (or whoever seals could grind), and before the round comes;
without a beacon, before the attempt is started (or whoever holds the last one could choose).  An e that is
withheld fails the attempt.

Input of HMAC_DRBG (SP 800-90A Rev. 1), with d and a as 4 bytes big-endian, b empty without a beacon:
    entropy         = s
    nonce           = first 16 bytes of SHA-256(frame("riff/sd1/nonce", d, a))
    personalization = SHA-256(frame("riff/sd1/personalization", H(S), b, e_1, e_2, ...))
s alone has full strength; everything else only personalises.

Requirement: SD/1, steps 6 and 7; GLI-31 4.2.5-6.
Out of scope: the beacon's signature b itself (BLS), which the adapter checks before it hands it in.
"""

from hashlib import sha256

from riff_critical.declarations import Annotated, Final
from riff_critical.documents import Between, Document, Hash, Name, Natural, Positive
from riff_critical.draw.attempt import Plan
from riff_critical.draw.commitments import (
    MAX_CONTRIBUTION_BYTES,
    MIN_CONTRIBUTION_BYTES,
    number,
    opens,
    opens_contribution,
)
from riff_critical.draw.faults import DrawFaultError, Fault, require
from riff_critical.draw.manifest import EntropyMode
from riff_critical.draw.seal import Seal
from riff_critical.encoding import frame
from riff_critical.rng import HmacDrbg
from riff_critical.values import Value

NONCE_BYTES: Final = 16

_CONTRIBUTING: Final = frozenset({EntropyMode.COMMIT_REVEAL, EntropyMode.BEACON})


class BeaconValue(Document):
    """What the beacon published for a round."""

    chain: Hash
    round: Positive
    signature: Annotated[bytes, Between(48, 96)]
    randomness: Hash


class Contribution(Document):
    """A party's opened contribution."""

    party: Name
    value: Annotated[bytes, Between(MIN_CONTRIBUTION_BYTES, MAX_CONTRIBUTION_BYTES)]
    opened_at: Natural


class Opening(Document):
    """Everything that was secret or unknown until the attempt."""

    secret: Hash
    beacon: BeaconValue | None
    contributions: Annotated[tuple[Contribution, ...], Between(0, 16)]


class Seed(Value):
    """The generator's input."""

    entropy: bytes
    nonce: bytes
    personalization: bytes

    def generator(self) -> HmacDrbg:
        """A generator in the state that this input gives."""
        return HmacDrbg(self.entropy, self.nonce, self.personalization)


def make_seed(seal: Seal, draw: int, attempt: int, opening: Opening) -> Seed:
    """The generator's input for an attempt."""
    b = opening.beacon.signature if opening.beacon else b""
    mixed = (contribution.value for contribution in opening.contributions)
    return Seed(
        opening.secret,
        sha256(frame("riff/sd1/nonce", number(draw), number(attempt))).digest()[:NONCE_BYTES],
        sha256(frame("riff/sd1/personalization", seal.hash(), b, *mixed)).digest(),
    )


def check_secret(plan: Plan, opening: Opening) -> None:
    """The secret opens its commitment."""
    commitment = plan.seal.commitment(plan.draw, plan.attempt)
    right = commitment is not None and opens(commitment, plan.seal.manifest, opening.secret)
    require(right, Fault.SECRET_NOT_COMMITTED, "s does not open the commitment of this attempt")


def check_beacon(plan: Plan, opening: Opening) -> None:
    """The beacon's value is there if the mode uses it, and of the planned chain and round."""
    value, beacon = opening.beacon, plan.manifest.beacon
    if plan.mode is not EntropyMode.BEACON or beacon is None:
        require(value is None, Fault.BEACON_UNEXPECTED, "the mode uses no beacon")
        return
    if value is None:
        raise DrawFaultError(Fault.BEACON_MISSING, "the mode uses the beacon")
    round_ = plan.planned.rounds[plan.attempt - 1]
    require(value.chain == beacon.chain, Fault.BEACON_OF_OTHER_CHAIN, "not the chain of M")
    require(value.round == round_, Fault.BEACON_OF_OTHER_ROUND, f"round {value.round} instead of {round_}")
    right = value.randomness == sha256(value.signature).digest()
    require(right, Fault.BEACON_RANDOMNESS_WRONG, "the randomness is not SHA-256 of the signature")


def check_contributions(plan: Plan, opening: Opening) -> None:
    """Every contributor's e is there if the mode uses it, opens its commitment, and came in time."""
    parties = plan.manifest.contributors if plan.mode in _CONTRIBUTING else ()
    opened = tuple(contribution.party for contribution in opening.contributions)
    missing = next((party for party in parties if party not in opened), None)
    require(missing is None, Fault.CONTRIBUTION_MISSING, f"of {missing}")
    require(
        opened == parties, Fault.CONTRIBUTION_UNEXPECTED, "not one of each contributor, in the order of M"
    )
    for contribution in opening.contributions:
        commitment = plan.seal.contribution(contribution.party, plan.draw, plan.attempt)
        right = commitment and opens_contribution(commitment, plan.seal.manifest, contribution.value)
        require(bool(right), Fault.CONTRIBUTION_NOT_COMMITTED, f"of {contribution.party}")
        _check_contribution_time(plan, contribution)


def check_manual(plan: Plan) -> None:
    """The mode is the one without an opening."""
    require(plan.mode is EntropyMode.MANUAL, Fault.OPENING_MISSING, f"the mode is {plan.mode}")


def _check_contribution_time(plan: Plan, contribution: Contribution) -> None:
    early = contribution.opened_at < plan.seal.sealed_at
    require(not early, Fault.CONTRIBUTION_EARLY, f"of {contribution.party}: before the seal")
    late = contribution.opened_at > plan.started_at
    require(not late, Fault.CONTRIBUTION_LATE, f"of {contribution.party}: after the start of the attempt")
    if plan.mode is EntropyMode.BEACON and plan.manifest.beacon is not None:
        comes = plan.manifest.beacon.instant(plan.planned.rounds[plan.attempt - 1])
        late = contribution.opened_at >= comes
        require(not late, Fault.CONTRIBUTION_LATE, f"of {contribution.party}: not before the round")
