"""What can be wrong with a draw, by permanent names.

A verifier reports these names; `tools/verify.py`, an independent implementation, reports the same ones.
"""

from enum import StrEnum

from riff_critical.declarations import Final
from riff_critical.errors import CorruptionError


class Fault(StrEnum):
    """A named failure of the sealed draw."""

    TRANSCRIPT_MALFORMED = "transcript-malformed"

    SEAL_OF_OTHER_MANIFEST = "seal-of-other-manifest"
    SEALED_AT_WRONG_TIME = "sealed-at-wrong-time"
    COMMITMENTS_INCOMPLETE = "commitments-incomplete"
    CONTRIBUTIONS_INCOMPLETE = "contributions-incomplete"
    TALLY_WRONG = "tally-wrong"
    PRIZE_AMOUNT_WRONG = "prize-amount-wrong"

    CHECKPOINT_MALFORMED = "checkpoint-malformed"
    CHECKPOINT_OF_OTHER_LOG = "checkpoint-of-other-log"
    CHECKPOINT_FORKED = "checkpoint-forked"
    SIGNATURE_MISSING = "signature-missing"
    COSIGNATURE_MISSING = "cosignature-missing"

    POOL_MISSING = "pool-missing"
    POOL_MALFORMED = "pool-malformed"
    POOL_COUNT_WRONG = "pool-count-wrong"
    POOL_ROOT_WRONG = "pool-root-wrong"

    ATTEMPT_OUT_OF_ORDER = "attempt-out-of-order"
    DRAWN_TWICE = "drawn-twice"
    CODE_CHANGED = "code-changed"
    DRAWN_BEFORE_SEAL = "drawn-before-seal"
    FALLBACK_NOT_PLANNED = "fallback-not-planned"

    OPENING_MISSING = "opening-missing"
    OPENING_UNEXPECTED = "opening-unexpected"
    SECRET_NOT_COMMITTED = "secret-not-committed"  # noqa: S105 - the name of a failure
    BEACON_MISSING = "beacon-missing"
    BEACON_UNEXPECTED = "beacon-unexpected"
    BEACON_OF_OTHER_CHAIN = "beacon-of-other-chain"
    BEACON_OF_OTHER_ROUND = "beacon-of-other-round"
    BEACON_RANDOMNESS_WRONG = "beacon-randomness-wrong"
    CONTRIBUTION_MISSING = "contribution-missing"
    CONTRIBUTION_UNEXPECTED = "contribution-unexpected"
    CONTRIBUTION_NOT_COMMITTED = "contribution-not-committed"
    CONTRIBUTION_EARLY = "contribution-early"
    CONTRIBUTION_LATE = "contribution-late"

    NONCE_WRONG = "nonce-wrong"
    PERSONALIZATION_WRONG = "personalization-wrong"
    NUMBERS_TOO_FEW = "numbers-too-few"
    OUTPUTS_WRONG = "outputs-wrong"
    WINNERS_WRONG = "winners-wrong"
    ALTERNATES_WRONG = "alternates-wrong"
    SLOT_WRONG = "slot-wrong"
    PRIZE_WRONG = "prize-wrong"
    ENTRIES_DIFFER = "entries-differ"
    ENTRY_NOT_IN_POOL = "entry-not-in-pool"
    SUBSTITUTION_WRONG = "substitution-wrong"


class DrawFaultError(CorruptionError):
    """Something about a draw is wrong; `fault` names it."""

    code = "draw-fault"

    def __init__(self, fault: Fault, detail: str) -> None:
        super().__init__(f"{fault}: {detail}")
        self.fault: Final = fault
        self.detail: Final = detail

    @property
    def reason(self) -> str:
        """The fault's name."""
        return self.fault.value


def require(holds: bool, fault: Fault, detail: str) -> None:  # noqa: FBT001 - reads as a sentence
    """Raise the fault unless what must hold does."""
    if not holds:
        raise DrawFaultError(fault, detail)
