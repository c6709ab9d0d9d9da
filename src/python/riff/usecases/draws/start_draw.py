"""Start a draw, once, and hold it to its end (SD/1, steps 6 to 10; GLI-31 2.6.4).

The start of an attempt is recorded by itself, under a constraint that no second one passes, and only then its
seed is opened.  A crash at any point leaves an attempt that the next call goes on with.
"""

import attrs

from riff.domain.accounts.actor import Actor
from riff.domain.audit.event_catalogue import EventKind
from riff.domain.checkout.checkout import RequestKey
from riff.domain.draws.records import Approval, Decision, DrawStart
from riff.domain.draws.standing import Standing
from riff.domain.identifiers import RaffleId, StreamId
from riff.domain.raffles.raffle import Raffle
from riff.errors import IntegrityFailureError, StateRefusesError, TooFewNumbersError, UnavailableError
from riff.ports.services import Services
from riff.ports.stores import Work
from riff.usecases.audit.sign_checkpoint import sign_checkpoint
from riff.usecases.draws.approvals import agreed
from riff.usecases.draws.entropy import Material, ask_beacon, fallbacks_of, material_of
from riff.usecases.draws.hold_attempt import hold_attempt
from riff.usecases.draws.show_draw import DrawView, view_of
from riff.usecases.draws.transcript import require_standing
from riff_critical.draw import EntropyMode
from riff_critical.lifecycle import DRAW, DrawEvent, DrawState, Guard, RaffleEvent, RaffleState, advance


@attrs.frozen
class StartDraw:
    """Which draw `actor` wants to hold.

    Attributes:
        actor: who.
        raffle_id: the raffle.
        draw: which of its draws, from 1.
        fallback_reason: why what the planned mode needs cannot be had; None while it can, or may still come.
        request: the command, so that its repetition is told apart from a second draw.
    """

    actor: Actor
    raffle_id: RaffleId
    draw: int
    fallback_reason: str | None
    request: RequestKey


def start_draw(command: StartDraw, services: Services) -> DrawView:
    """Hold the draw; by hand, only start it; with two persons, wait for the second one's word.

    Raises:
        NotFoundError, NotPermittedError: no such raffle or draw, or the actor conducts none there.
        StateRefusesError: the raffle is not sealed, or an earlier draw comes first.
        AlreadyDrawnError: the draw has its result, and it was another command that held it.
        AttemptsExhaustedError: M commits to no further attempt.
        TooFewNumbersError: fewer numbers take part than there are winners.
        BeaconEarlyError, BeaconUnavailableError, EntropyUnavailableError: as `fallbacks_of` does.
        UnavailableError: something cannot be reached; the same command goes on with the same attempt.
        IntegrityFailureError: something does not agree with what was sealed; the draw stops.
    """
    material = _prepared(command, services)
    start = _started(command, material, services)
    if start is not None:
        hold_attempt(command.raffle_id, start, command.actor, services)
    with services.transactions.begin() as work:
        return view_of(work.raffles.get(command.raffle_id), command.draw, work)


def _prepared(command: StartDraw, services: Services) -> Material:
    """Everything that has to be asked of others, before the raffle is locked."""
    standing = _seen(command, services)
    if not standing.cosigned:
        sign_checkpoint(command.raffle_id, standing.seal.ledger_size, services)
    finding = ask_beacon(command.raffle_id, standing, command.draw, services)
    return material_of(command.raffle_id, command.draw, standing.attempt(command.draw), finding, services)


def _seen(command: StartDraw, services: Services) -> Standing:
    with services.transactions.begin() as work:
        raffle = work.raffles.get(command.raffle_id)
        command.actor.require("draws:conduct", raffle.organization_id)
        standing = require_standing(raffle, work)
        standing.planned(command.draw)
        return standing


def _started(command: StartDraw, material: Material, services: Services) -> DrawStart | None:
    """The start to go on with, of this command or of one that was interrupted; None where there is none."""
    with services.transactions.begin() as work:
        raffle = work.raffles.lock(command.raffle_id)
        standing = require_standing(raffle, work)
        if _answered(command, standing, work):
            return None
        attempt = standing.due(command.draw)
        start = work.draws.started(raffle.id, command.draw, attempt)
        if start is None:
            start = _begun(command, raffle, standing, attempt, material, work, services)
        else:
            advance(DRAW, DrawState.STARTED, DrawEvent.RESUME, frozenset({Guard.RAFFLE_DRAWING}))
        by_hand = start is not None and standing.mode(start) is EntropyMode.MANUAL
        return None if by_hand else start


def _answered(command: StartDraw, standing: Standing, work: Work) -> bool:
    """Whether this very command has held the draw already."""
    drawn = standing.result(command.draw)
    start = work.draws.started(command.raffle_id, command.draw, standing.attempt(command.draw))
    return drawn is not None and start is not None and start.request == label_of(command.request)


def _begun(
    command: StartDraw,
    raffle: Raffle,
    standing: Standing,
    attempt: int,
    material: Material,
    work: Work,
    services: Services,
) -> DrawStart | None:
    """The record that the attempt was started, or None while a second person's word is missing."""
    if raffle.state not in (RaffleState.SEALED, RaffleState.DRAWING):
        raise StateRefusesError("The raffle is not sealed.", state=raffle.state.value, action="start_drawing")
    if not standing.cosigned:
        raise UnavailableError("The sealed state of the ledger is not signed by everybody who has to.")
    started_at = standing.not_before(
        max(material.now, *(each.opened_at for each in material.contributions), 0)
    )
    _require_enough(standing, command.draw, started_at)
    fallbacks = fallbacks_of(standing, command.draw, attempt, material, command.fallback_reason)
    word = Approval(
        draw=command.draw,
        attempt=attempt,
        decision=Decision.START,
        winner=-1,
        round=0,
        approved_by=command.actor.label,
        reason=command.fallback_reason or "",
        approved_at=services.clock.now(),
    )
    persons = 2 if work.raffles.profile(raffle.id).two_person_draws else 1
    if agreed(raffle.id, word, persons, work) is None:
        return None
    if raffle.state is RaffleState.SEALED:
        work.raffles.update(raffle.after(RaffleEvent.START_DRAWING))
    start = DrawStart(
        command.draw, attempt, started_at, fallbacks, command.actor.label, label_of(command.request)
    )
    record_start(raffle.id, start, command.actor, work, services)
    return start


def record_start(raffle_id: RaffleId, start: DrawStart, actor: Actor, work: Work, services: Services) -> None:
    """Write DRAW-STARTED, once, whatever this code believes.

    Raises:
        IntegrityFailureError: the attempt was started before.
    """
    guards = frozenset({Guard.RAFFLE_DRAWING, Guard.START_RECORDED})
    advance(DRAW, DrawState.COMMITTED, DrawEvent.START, guards)
    if not work.draws.start(raffle_id, start):
        raise IntegrityFailureError("The attempt was started before.")
    work.events.append(
        StreamId(raffle_id),
        EventKind.DRAW_STARTED,
        services.clock.now(),
        actor.label,
        {
            "draw": start.draw,
            "attempt": start.attempt,
            "passed_over": ",".join(each.mode.value for each in start.fallbacks),
            "reason": start.fallbacks[-1].reason if start.fallbacks else None,
        },
    )


def _require_enough(standing: Standing, draw: int, started_at: int) -> None:
    left, needed = standing.numbers_left(draw, started_at), standing.numbers_needed(draw)
    if left < needed:
        raise TooFewNumbersError(f"{left} numbers for {needed} winners.", draw=draw)


def label_of(request: RequestKey) -> str:
    """How a start names the command that made it."""
    return f"{request.scope} {request.key} {request.digest.hex()}"
