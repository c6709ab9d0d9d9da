"""Hold a started attempt to its end: open the seed, let the certified function select, verify, record.

Everything that the result follows from is on record before the seed is opened, and none of it can change.
So whoever calls this again after a crash, at the same time, or on another machine, gets the same attempt, and
the first to record it decides nothing (SD/1, step 9).
"""

from collections.abc import Mapping

import attrs

from riff.domain.accounts.actor import Actor
from riff.domain.audit.event_catalogue import EventKind
from riff.domain.draws.records import DrawStart
from riff.domain.draws.standing import Standing
from riff.domain.identifiers import RaffleId, StreamId
from riff.errors import IntegrityFailureError, NotFoundError, SeedLostError, UnavailableError
from riff.ports.selection import SelectionRequest
from riff.ports.services import Services
from riff.ports.stores import Work
from riff.usecases.draws.entropy import contributions_in_order
from riff.usecases.draws.pool_storage import compact_pool
from riff.usecases.draws.transcript import require_standing
from riff_critical.draw import Attempt, EntropyMode, Opening, Transcript, opens, verify
from riff_critical.lifecycle import DRAW, DrawEvent, DrawState, Guard, advance
from riff_critical.verification import critical_digest

SEED_LOST = "the seed of this attempt cannot be opened"
SEED_WRONG = "the seed does not open the commitment of this attempt"

_MIXING = frozenset({EntropyMode.BEACON, EntropyMode.COMMIT_REVEAL})


@attrs.frozen
class Case:
    """A started attempt, and everything that its result follows from.

    Attributes:
        raffle_id: the raffle.
        standing: how far the draws have come.
        start: the record of the start.
        ciphertext: the encrypted seed.
        opening: what is mixed in; the seed is still missing.
        pools: every pool of S in its compact form, by draw.
    """

    raffle_id: RaffleId
    standing: Standing
    start: DrawStart
    ciphertext: bytes = attrs.field(repr=False)
    opening: Opening = attrs.field(repr=False)
    pools: Mapping[int, bytes] = attrs.field(repr=False)


def hold_attempt(raffle_id: RaffleId, start: DrawStart, actor: Actor, services: Services) -> None:
    """Hold it, unless it has ended already; its end is on record afterwards.

    Raises:
        UnavailableError: the key or the function cannot be reached; asking again goes on with this attempt.
        IntegrityFailureError: something does not agree with what was sealed; the draw stops.
    """
    case = _case(raffle_id, start, services)
    if case is not None:
        attempt = _held(case, services)
        transcript = case.standing.transcript(attempt)
        require_verified(transcript, case.pools)
        record(raffle_id, transcript, actor, services)


def require_verified(transcript: Transcript, pools: Mapping[int, bytes]) -> None:
    """Compute everything again before it counts.

    Raises:
        IntegrityFailureError: a step does not pass; its name and fault stand in the notes.
    """
    by_root = {transcript.seal.pools[draw - 1].root: data for draw, data in pools.items()}
    failed = [step for step in verify(transcript.to_bytes(), by_root) if not step.passed]
    if failed:
        error = IntegrityFailureError("The transcript does not recompute to the same result.")
        for step in failed:
            error.add_note(f"{step.name}: {step.fault}: {step.detail}")
        raise error


def record(raffle_id: RaffleId, transcript: Transcript, actor: Actor, services: Services) -> None:
    """Record the last attempt of a transcript that was verified; it may be there already.

    Raises:
        UnavailableError: something else was recorded meanwhile, so that it has to be computed again.
    """
    with services.transactions.begin() as work:
        raffle = work.raffles.lock(raffle_id)
        standing = require_standing(raffle, work)
        *before, attempt = transcript.attempts
        if any(_same(each, attempt) for each in standing.attempts):
            return
        if standing.attempts != tuple(before):
            raise UnavailableError("Something about the draws has changed meanwhile.")
        now = services.clock.now()
        advance(DRAW, DrawState.STARTED, *_end(attempt))
        work.draws.conclude(raffle_id, attempt, now)
        work.draws.publish(raffle_id, transcript.to_bytes(), transcript.hash(), now)
        work.events.append(
            StreamId(raffle_id),
            EventKind.DRAW_CONCLUDED,
            now,
            actor.label,
            {
                "draw": attempt.draw,
                "attempt": attempt.attempt,
                "outcome": attempt.failure or "drawn",
                "winners": ",".join(str(winner.slot) for winner in attempt.winners),
                "transcript": transcript.hash().hex(),
            },
        )


def failed(start: DrawStart, reason: str) -> Attempt:
    """An attempt that came to nothing, for everybody to see."""
    return Attempt(
        draw=start.draw,
        attempt=start.attempt,
        started_at=start.started_at,
        critical_digest=bytes.fromhex(critical_digest()),
        fallbacks=start.fallbacks,
        failure=reason,
        opening=None,
        nonce=None,
        personalization=None,
        outputs=(),
        entries=(),
        winners=(),
        alternates=(),
        substitutions=(),
    )


def pools_of(raffle_id: RaffleId, standing: Standing, work: Work) -> Mapping[int, bytes]:
    """Every pool of S in its compact form, by draw."""
    draws = range(1, len(standing.seal.pools) + 1)
    return {draw: compact_pool(raffle_id, draw, work) for draw in draws}


def _case(raffle_id: RaffleId, start: DrawStart, services: Services) -> Case | None:
    """The attempt as it is on record, or None when it has ended."""
    with services.transactions.begin() as work:
        standing = require_standing(work.raffles.get(raffle_id), work)
        place = start.draw, start.attempt
        if any((each.draw, each.attempt) == place for each in standing.attempts):
            return None
        # Read back: what was not committed is not a start.
        if work.draws.started(raffle_id, *place) != start:
            raise NotFoundError("The attempt was not started.")
        mode = standing.mode(start)
        value = work.draws.kept_value(raffle_id, *place) if mode is EntropyMode.BEACON else None
        opened = work.draws.contributions(raffle_id, *place) if mode in _MIXING else ()
        return Case(
            raffle_id,
            standing,
            start,
            work.seals.sealed_seed(raffle_id, *place),
            Opening(bytes(32), value, contributions_in_order(standing, opened)),
            pools_of(raffle_id, standing, work),
        )


def _held(case: Case, services: Services) -> Attempt:
    """The attempt with its winners, or with the reason why it can have none."""
    start, standing = case.start, case.standing
    try:
        seed = services.seeds.open(case.raffle_id, start.draw, start.attempt, case.ciphertext)
    except SeedLostError:
        return failed(start, SEED_LOST)
    commitment = standing.seal.commitment(start.draw, start.attempt)
    if commitment is None or not opens(commitment, standing.seal.manifest, seed):
        return failed(start, SEED_WRONG)
    return services.selection.select(
        SelectionRequest(
            manifest=standing.manifest,
            seal=standing.seal,
            draw=start.draw,
            attempt=start.attempt,
            started_at=start.started_at,
            fallbacks=start.fallbacks,
            excluded=standing.excluded(start.draw, start.started_at),
            opening=Opening(seed, case.opening.beacon, case.opening.contributions),
            pool=case.pools[start.draw],
        )
    )


def _end(attempt: Attempt) -> tuple[DrawEvent, frozenset[Guard]]:
    if attempt.failure is None:
        return DrawEvent.RECORD_RESULT, frozenset({Guard.TRANSCRIPT_VERIFIED})
    return DrawEvent.FAIL, frozenset({Guard.REASON_GIVEN})


def _same(one: Attempt, other: Attempt) -> bool:
    return (one.draw, one.attempt) == (other.draw, other.attempt)
