"""Verification of a transcript: every step by its name, PASS or the name of its fault.

Method: read T strictly; then check S against M, the signed checkpoint against S and M, every pool against S,
the order of the attempts, and each attempt by computing it again.  A failed step does not keep the others
from being checked, unless there is nothing left to check them on.  The verdict is PASS if every step passes.

The steps of T are: transcript, manifest, time, commitments, tally, prizes, checkpoint, signatures, pool d (of
each draw), order; of each attempt d.a: plan, start, code; and unless it failed, opening, secret, beacon,
contributions, seed (of these, by hand, only opening), outputs, winners, alternates, substitutions.

Requirement: SD/1, steps 10 and 11; GLI-31 2.6.4.
Out of scope: the signatures as such (Ed25519, BLS): here their lines must be present, under the names and key
IDs of M; `tools/verify.py` also checks the Ed25519 ones.
"""

from riff_critical.declarations import Callable, Collection, Iterator, Mapping
from riff_critical.draw.attempt import Plan, check_code, check_pool, check_start
from riff_critical.draw.conduct import Result, entered, generated
from riff_critical.draw.entropy import (
    Opening,
    check_beacon,
    check_contributions,
    check_manual,
    check_secret,
    make_seed,
)
from riff_critical.draw.faults import DrawFaultError, Fault, require
from riff_critical.draw.manifest import EntropyMode
from riff_critical.draw.pool import Pool
from riff_critical.draw.seal import check_commitments, check_manifest, check_prizes, check_tally, check_time
from riff_critical.draw.transcript import Attempt, Transcript
from riff_critical.errors import InvalidInputError
from riff_critical.ledger import Checkpoint, CheckpointError, Note, NoteError
from riff_critical.values import Value

type Pools = Mapping[bytes, bytes]
"""Pools in their compact form, by the root that S gives them."""


class Step(Value):
    """A step's name, and what is wrong: nothing, if it passed."""

    name: str
    fault: Fault | None = None
    detail: str = ""

    @property
    def passed(self) -> bool:
        """Whether the step passed."""
        return self.fault is None


def verify(data: bytes, pools: Pools) -> tuple[Step, ...]:
    """Check the transcript whose canonical JSON is `data`, step by step."""
    try:
        transcript = Transcript.from_bytes(data)
    except InvalidInputError as error:
        return (Step("transcript", Fault.TRANSCRIPT_MALFORMED, str(error)),)
    steps = [Step("transcript"), *_sealed(transcript, pools)]
    for attempt in transcript.attempts:
        steps += _attempt(transcript, attempt, pools)
    return tuple(steps)


def _sealed(transcript: Transcript, pools: Pools) -> Iterator[Step]:
    manifest, seal = transcript.manifest, transcript.seal
    yield _step("manifest", check_manifest, manifest, seal)
    yield _step("time", check_time, manifest, seal)
    yield _step("commitments", check_commitments, manifest, seal)
    yield _step("tally", check_tally, manifest, seal)
    yield _step("prizes", check_prizes, manifest, seal)
    yield _step("checkpoint", _check_checkpoint, transcript)
    yield _step("signatures", _check_signatures, transcript)
    for number, pool in enumerate(seal.pools, start=1):
        yield _step(f"pool {number}", _check_pool, pool, pools, manifest.slots)
    yield _step("order", _check_order, transcript)


def _attempt(transcript: Transcript, attempt: Attempt, pools: Pools) -> Iterator[Step]:
    """The steps of one attempt; without a plan, nothing can be checked."""
    name = f"draw {attempt.draw}.{attempt.attempt}"
    try:
        plan = _plan(transcript, attempt)
    except DrawFaultError as error:
        yield Step(f"{name} plan", error.fault, error.detail)
        return
    yield Step(f"{name} plan")
    yield _step(f"{name} start", check_start, plan)
    yield _step(f"{name} code", check_code, plan, attempt.critical_digest)
    if attempt.failure is None:
        yield from _entropy(name, plan, attempt)
        yield from _result(name, plan, attempt, pools, transcript.excluded(attempt.draw, attempt.started_at))
        yield _step(f"{name} substitutions", _check_substitutions, attempt)


def _entropy(name: str, plan: Plan, attempt: Attempt) -> Iterator[Step]:
    yield _step(f"{name} opening", _check_opening, plan, attempt)
    if attempt.opening is not None:
        yield _step(f"{name} secret", check_secret, plan, attempt.opening)
        yield _step(f"{name} beacon", check_beacon, plan, attempt.opening)
        yield _step(f"{name} contributions", check_contributions, plan, attempt.opening)
        yield _step(f"{name} seed", _check_seed, plan, attempt, attempt.opening)


def _result(
    name: str, plan: Plan, attempt: Attempt, pools: Pools, excluded: Collection[int]
) -> Iterator[Step]:
    """The result, computed again: where that is impossible, one step says why."""
    try:
        pool = _data(pools, plan.pool)
        if attempt.opening is None:
            result = entered(plan, pool, attempt.entries, excluded)
        else:
            result = generated(plan, pool, attempt.opening, excluded)
    except DrawFaultError as error:
        yield Step(f"{name} outputs", error.fault, error.detail)
        return
    yield _step(f"{name} outputs", _check_outputs, attempt, result)
    yield _step(f"{name} winners", _check_winners, attempt, result)
    yield _step(f"{name} alternates", _check_alternates, attempt, result)


def _step[**P](name: str, check: Callable[P, None], *args: P.args, **kwargs: P.kwargs) -> Step:
    """The outcome of one check."""
    try:
        check(*args, **kwargs)
    except DrawFaultError as error:
        return Step(name, error.fault, error.detail)
    return Step(name)


def _plan(transcript: Transcript, attempt: Attempt) -> Plan:
    passed_over = tuple(fallback.mode for fallback in attempt.fallbacks)
    manifest, seal = transcript.manifest, transcript.seal
    return Plan(manifest, seal, attempt.draw, attempt.attempt, attempt.started_at, passed_over)


def _data(pools: Pools, pool: Pool) -> bytes:
    data = pools.get(pool.root)
    if data is None:
        raise DrawFaultError(Fault.POOL_MISSING, f"no pool with the root {pool.root.hex()}")
    return data


def _check_pool(pool: Pool, pools: Pools, slots: int) -> None:
    check_pool(pool, _data(pools, pool), slots)


def _check_checkpoint(transcript: Transcript) -> None:
    seal, log = transcript.seal, transcript.manifest.log
    try:
        checkpoint = Checkpoint.from_text(Note.from_bytes(transcript.note()).text)
    except (NoteError, CheckpointError) as error:
        raise DrawFaultError(Fault.CHECKPOINT_MALFORMED, str(error)) from error
    own = checkpoint.origin == log.log_key().name
    require(own, Fault.CHECKPOINT_OF_OTHER_LOG, f"of {checkpoint.origin}")
    same = (checkpoint.size, checkpoint.root) == (seal.ledger_size, seal.ledger_root)
    require(same, Fault.CHECKPOINT_FORKED, "the checkpoint is not the state of the ledger that S names")


def _check_signatures(transcript: Transcript) -> None:
    log = transcript.manifest.log
    try:
        note = Note.from_bytes(transcript.note())
    except NoteError as error:
        raise DrawFaultError(Fault.CHECKPOINT_MALFORMED, str(error)) from error
    require(any(note.by(log.log_key())), Fault.SIGNATURE_MISSING, "the log did not sign")
    cosigned = sum(any(note.by(witness)) for witness in log.witness_keys())
    enough = cosigned >= log.quorum
    require(enough, Fault.COSIGNATURE_MISSING, f"{cosigned} witnesses instead of {log.quorum} cosigned")


def _check_order(transcript: Transcript) -> None:
    """Each attempt follows a failure; each draw, the result or the last failure of the one before."""
    draw, number, started_at = 1, 1, 0
    for attempt in transcript.attempts:
        name = f"draw {attempt.draw} attempt {attempt.attempt}"
        require(attempt.draw >= draw, Fault.DRAWN_TWICE, f"{name}: its turn is over")
        in_turn = (attempt.draw, attempt.attempt) == (draw, number) and attempt.started_at >= started_at
        require(in_turn, Fault.ATTEMPT_OUT_OF_ORDER, f"{name} instead of draw {draw} attempt {number}")
        started_at = attempt.started_at
        goes_on = attempt.failure and number < transcript.manifest.attempts
        draw, number = (draw, number + 1) if goes_on else (draw + 1, 1)


def _check_opening(plan: Plan, attempt: Attempt) -> None:
    if attempt.opening is None:
        check_manual(plan)
        blank = (attempt.nonce, attempt.personalization) == (None, None)
        require(blank, Fault.OPENING_UNEXPECTED, "a draw by hand has no input of a generator")
    else:
        generator = plan.mode is not EntropyMode.MANUAL and not attempt.entries
        require(generator, Fault.OPENING_UNEXPECTED, "an opening and a draw by hand")


def _check_seed(plan: Plan, attempt: Attempt, opening: Opening) -> None:
    seed = make_seed(plan.seal, plan.draw, plan.attempt, opening)
    require(attempt.nonce == seed.nonce, Fault.NONCE_WRONG, f"it is {seed.nonce.hex()}")
    right = attempt.personalization == seed.personalization
    require(right, Fault.PERSONALIZATION_WRONG, f"it is {seed.personalization.hex()}")


def _check_outputs(attempt: Attempt, result: Result) -> None:
    same = attempt.outputs == result.outputs
    require(same, Fault.OUTPUTS_WRONG, "the generator gives other blocks")


def _check_winners(attempt: Attempt, result: Result) -> None:
    won, right = attempt.winners, result.winners
    same = [each.index for each in won] == [each.index for each in right]
    require(same, Fault.WINNERS_WRONG, f"the winning indices are {[each.index for each in right]}")
    same = [each.slot for each in won] == [each.slot for each in right]
    require(same, Fault.SLOT_WRONG, f"the winning slots are {[each.slot for each in right]}")
    require(won == right, Fault.PRIZE_WRONG, "a winner has another prize, or another part of it")


def _check_alternates(attempt: Attempt, result: Result) -> None:
    same = attempt.alternates == result.alternates
    require(same, Fault.ALTERNATES_WRONG, f"the alternates are {[each.index for each in result.alternates]}")


def _check_substitutions(attempt: Attempt) -> None:
    """Alternates are promoted after the draw, in their order, for a winner, by two officials."""
    earlier = attempt.started_at
    for rank, each in enumerate(attempt.substitutions):
        known = each.winner < len(attempt.winners) and rank < len(attempt.alternates)
        in_turn = known and each.alternate == rank and each.at >= earlier
        two = in_turn and len(set(each.officials)) > 1
        require(two, Fault.SUBSTITUTION_WRONG, f"substitution {rank} out of turn, or by one official")
        earlier = each.at
