"""One attempt of one draw, under M and S: what it must satisfy before it may have a result.

Checks: M plans the draw and the attempt; the modes that were passed over are the first of M, each with its
reason; the attempt started after the seal, by the code that M names, and its pool is the one that S states.

Requirement: SD/1, steps 5, 6 and 9.
Out of scope: that an attempt starts only once, which the database refuses.
"""

from riff_critical.declarations import Sequence
from riff_critical.draw.faults import Fault, require
from riff_critical.draw.manifest import EntropyMode, Manifest, PlannedDraw
from riff_critical.draw.pool import Pool, decode, measure
from riff_critical.draw.seal import Seal
from riff_critical.values import Value


class Plan(Value):
    """What M and S say about an attempt; `passed_over` are the modes that could not be used."""

    manifest: Manifest
    seal: Seal
    draw: int
    attempt: int
    started_at: int
    passed_over: Sequence[EntropyMode] = ()

    def __post_init__(self) -> None:
        """Check that M plans the attempt.

        Raises:
            DrawFaultError: attempt-out-of-order or fallback-not-planned.
        """
        draws = min(len(self.manifest.draws), len(self.seal.pools))
        known = 1 <= self.draw <= draws and 1 <= self.attempt <= self.manifest.attempts
        require(known, Fault.ATTEMPT_OUT_OF_ORDER, f"M plans no attempt {self.attempt} of draw {self.draw}")
        *first, _ = self.manifest.modes
        planned = first[: len(self.passed_over)] == list(self.passed_over)
        require(planned, Fault.FALLBACK_NOT_PLANNED, "not the modes of M, in their order")

    @property
    def planned(self) -> PlannedDraw:
        """The draw in M."""
        return self.manifest.draws[self.draw - 1]

    @property
    def pool(self) -> Pool:
        """The draw's pool in S."""
        return self.seal.pools[self.draw - 1]

    @property
    def mode(self) -> EntropyMode:
        """The mode of the attempt."""
        return self.manifest.modes[len(self.passed_over)]


def check_start(plan: Plan) -> None:
    """The attempt started after the seal."""
    after = plan.started_at >= plan.seal.sealed_at
    require(after, Fault.DRAWN_BEFORE_SEAL, f"started at {plan.started_at}")


def check_code(plan: Plan, critical_digest: bytes) -> None:
    """The code that ran is the code that M names."""
    same = critical_digest == plan.manifest.critical_digest
    require(same, Fault.CODE_CHANGED, f"the digest of the critical files is {critical_digest.hex()}")


def check_pool(sealed: Pool, data: bytes, slots: int) -> None:
    """The pool in its compact form is the one that S states, within the slots of M."""
    found = measure(decode(data), slots)
    counts = (found.ranges, found.numbers) == (sealed.ranges, sealed.numbers)
    require(counts, Fault.POOL_COUNT_WRONG, f"{found.numbers} numbers in {found.ranges} ranges")
    require(found.root == sealed.root, Fault.POOL_ROOT_WRONG, f"the root of the pool is {found.root.hex()}")
