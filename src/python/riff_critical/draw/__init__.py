"""The sealed draw, protocol SD/1: manifest, commitments, seal, entropy, selection, transcript, `verify`."""

from riff_critical.draw.attempt import Plan
from riff_critical.draw.commitments import (
    MAX_CONTRIBUTION_BYTES,
    MIN_CONTRIBUTION_BYTES,
    SECRET_BYTES,
    Commitment,
    ContributionCommitment,
    SecretLengthError,
    commit,
    commit_contribution,
    opens,
    opens_contribution,
)
from riff_critical.draw.conduct import conduct, conduct_by_hand
from riff_critical.draw.entropy import BeaconValue, Contribution, Opening, Seed, make_seed
from riff_critical.draw.faults import DrawFaultError, Fault
from riff_critical.draw.manifest import Beacon, EntropyMode, Log, Manifest, Package, PlannedDraw, Prize
from riff_critical.draw.pool import Pool, Range, decode, encode, indices_of, leaves, measure, slots_at
from riff_critical.draw.seal import PrizeAmount, Seal, Tally, prize_amounts, seal
from riff_critical.draw.selection import Selection, select
from riff_critical.draw.transcript import (
    Attempt,
    Entry,
    Fallback,
    Place,
    Substitution,
    Transcript,
    Winner,
)
from riff_critical.draw.verification import Pools, Step, verify

__all__ = [
    "MAX_CONTRIBUTION_BYTES",
    "MIN_CONTRIBUTION_BYTES",
    "SECRET_BYTES",
    "Attempt",
    "Beacon",
    "BeaconValue",
    "Commitment",
    "Contribution",
    "ContributionCommitment",
    "DrawFaultError",
    "EntropyMode",
    "Entry",
    "Fallback",
    "Fault",
    "Log",
    "Manifest",
    "Opening",
    "Package",
    "Place",
    "Plan",
    "PlannedDraw",
    "Pool",
    "Pools",
    "Prize",
    "PrizeAmount",
    "Range",
    "Seal",
    "SecretLengthError",
    "Seed",
    "Selection",
    "Step",
    "Substitution",
    "Tally",
    "Transcript",
    "Winner",
    "commit",
    "commit_contribution",
    "conduct",
    "conduct_by_hand",
    "decode",
    "encode",
    "indices_of",
    "leaves",
    "make_seed",
    "measure",
    "opens",
    "opens_contribution",
    "prize_amounts",
    "seal",
    "select",
    "slots_at",
    "verify",
]
