"""Go on where a draw cannot stand as it is: the next alternate, or the next attempt.  Nothing is drawn again.

A winner who is void, not eligible, or did not claim the prize gives way to the next alternate of the same
draw, on the word of two persons; once the result is official, the claim passes to the alternate too.  An
attempt is given up only before its seed could be opened, and only when it cannot be held: too few numbers
take part, its contributions did not come in time, or the beacon's value is there and they are not (SD/1,
step 9 and failures).  Once every attempt that M commits to has failed, the next draw comes.
"""

from typing import Final

import attrs

from riff.domain.accounts.actor import Actor
from riff.domain.audit.event_catalogue import EventKind
from riff.domain.audit.ledger_salt import official_hash
from riff.domain.checkout.checkout import RequestKey
from riff.domain.draws.claim import Claim
from riff.domain.draws.instants import milliseconds
from riff.domain.draws.records import Approval, Decision, DrawStart
from riff.domain.draws.standing import Standing
from riff.domain.identifiers import RaffleId, StreamId
from riff.domain.raffles.raffle import Raffle
from riff.errors import (
    AlternatesExhaustedError,
    DrawPossibleError,
    EntropyUnavailableError,
    NotFoundError,
    StateRefusesError,
    UnavailableError,
)
from riff.ports.replies import StoredReply
from riff.ports.services import Services
from riff.ports.stores import Work
from riff.usecases.draws.approvals import agreed
from riff.usecases.draws.declare_official import require_valid
from riff.usecases.draws.entropy import Material, ask_beacon, fallbacks_of, material_of
from riff.usecases.draws.hold_attempt import failed, pools_of, record, require_verified
from riff.usecases.draws.open_claims import claim_to_pass_on, pass_on
from riff.usecases.draws.show_draw import DrawView, view_of
from riff.usecases.draws.start_draw import label_of, record_start
from riff.usecases.draws.transcript import require_standing
from riff_critical.draw import Attempt, EntropyMode, Substitution
from riff_critical.lifecycle import RaffleEvent, RaffleState

# That a command did its work is kept, and not what it was answered: the draw is shown as it stands.
_DONE: Final = StoredReply(200, "{}")


@attrs.frozen
class Redraw:
    """What of a draw cannot stand, and why.

    Attributes:
        actor: who says so.
        raffle_id: the raffle.
        draw: which of its draws, from 1.
        winner: the place of the winner who gives way, from 0; None to give the attempt up.
        reason: why.
        request: the command, so that its repetition is told apart.
    """

    actor: Actor
    raffle_id: RaffleId
    draw: int
    winner: int | None
    reason: str
    request: RequestKey


def redraw(command: Redraw, services: Services) -> DrawView:
    """Promote the next alternate, or give the attempt up so that the next one can be started.

    Raises:
        NotFoundError, NotPermittedError: no such raffle, draw or winner, or the actor conducts none there.
        StateRefusesError: there is nothing to give up or to replace, the winner's ticket was found valid or
            the prize is out of hand, or a later draw is being held.
        WinnerNotValidError: the result is official, and the next alternate has no valid order.
        AlternatesExhaustedError: no alternate is left.
        DrawPossibleError: the attempt can still be held.
        AlreadyDrawnError: the draw has its result.
    """
    if command.winner is not None:
        return _substituted(command, command.winner, services)
    return _given_up(command, services)


def _substituted(command: Redraw, place: int, services: Services) -> DrawView:
    now = services.clock.now()
    with services.transactions.begin() as work:
        repeated = work.commands.claim(command.request, now) is not None
        raffle = work.raffles.lock(command.raffle_id)
        command.actor.require("draws:conduct", raffle.organization_id)
        standing = require_standing(raffle, work)
        standing.planned(command.draw)
        if repeated:
            return view_of(raffle, command.draw, work)
        drawn = standing.result(command.draw)
        if drawn is None:
            raise StateRefusesError("The draw has no result.", state="committed", action="substitute")
        if place >= len(drawn.winners):
            raise NotFoundError("The draw has no such winner.")
        next_one = len(drawn.substitutions)
        if next_one >= len(drawn.alternates):
            raise AlternatesExhaustedError("No alternate is left.", draw=command.draw)
        _require_no_later_draw_under_way(command, standing, work)
        claim = claim_to_pass_on(raffle, command.draw, place, work)
        word = _word(command, drawn.attempt, Decision.SUBSTITUTE, services, winner=place, round_=next_one)
        words = agreed(raffle.id, word, 2, work)
        if words is not None:
            keys = work.raffles.keys(raffle.id)
            substitution = Substitution(
                # Read under the lock: what started meanwhile must not find it in its past.
                at=standing.not_before(milliseconds(services.clock.now())),
                winner=place,
                alternate=next_one,
                reason=words[0].reason,
                officials=(
                    official_hash(keys, words[0].approved_by),
                    official_hash(keys, words[1].approved_by),
                ),
            )
            _record_substitution(command, standing, drawn, substitution, work, services)
            if claim is not None:
                _pass_on(claim, raffle, work, services)
        work.commands.answer(command.request, _DONE)
        return view_of(raffle, command.draw, work)


def _record_substitution(
    command: Redraw,
    standing: Standing,
    drawn: Attempt,
    substitution: Substitution,
    work: Work,
    services: Services,
) -> None:
    now, raffle_id = services.clock.now(), command.raffle_id
    work.draws.substitute(raffle_id, command.draw, substitution)
    transcript = require_standing(work.raffles.get(raffle_id), work).transcript()
    require_verified(transcript, pools_of(raffle_id, standing, work))
    work.draws.publish(raffle_id, transcript.to_bytes(), transcript.hash(), now)
    work.events.append(
        StreamId(raffle_id),
        EventKind.DRAW_SUBSTITUTED,
        now,
        command.actor.label,
        {
            "draw": command.draw,
            "attempt": drawn.attempt,
            "winner": substitution.winner,
            "alternate": substitution.alternate,
            "reason": substitution.reason,
            "transcript": transcript.hash().hex(),
        },
    )


def _require_no_later_draw_under_way(command: Redraw, standing: Standing, work: Work) -> None:
    """Who cannot win a draw follows from the draws before it, and is settled once its seed may be open."""
    for draw in range(command.draw + 1, len(standing.manifest.draws) + 1):
        start = work.draws.started(command.raffle_id, draw, standing.attempt(draw))
        if start is not None and standing.result(draw) is None:
            raise StateRefusesError("A later draw is being held.", state="started", action="substitute")


def _pass_on(claim: Claim, raffle: Raffle, work: Work, services: Services) -> None:
    winner = require_standing(raffle, work).winners(claim.draw)[claim.place]
    require_valid(raffle, winner, work)
    pass_on(claim, winner, raffle, services.clock.now(), work)


def _given_up(command: Redraw, services: Services) -> DrawView:
    if not _was_answered(command, services):
        _end_hopeless(command, _attempt(command, services), services)
    with services.transactions.begin() as work:
        return view_of(work.raffles.get(command.raffle_id), command.draw, work)


def _was_answered(command: Redraw, services: Services) -> bool:
    """Whether this very command did its work before: the next attempt is not given up by a repetition."""
    with services.transactions.begin() as work:
        return work.commands.claim(command.request, services.clock.now()) is not None


def _attempt(command: Redraw, services: Services) -> int:
    """The attempt in question.

    One that the generator was started for is never given up, since its seed may have been opened: starting
    the draw again goes on with it, and it ends with its winners, or fails by itself.
    """
    with services.transactions.begin() as work:
        raffle = work.raffles.get(command.raffle_id)
        command.actor.require("draws:conduct", raffle.organization_id)
        standing = require_standing(raffle, work)
        attempt = standing.due(command.draw)
        start = work.draws.started(raffle.id, command.draw, attempt)
        if start is not None and standing.mode(start) is not EntropyMode.MANUAL:
            raise DrawPossibleError("The attempt was started; start the draw again.", draw=command.draw)
        return attempt


def _end_hopeless(command: Redraw, attempt: int, services: Services) -> None:
    """Start and fail an attempt that cannot be held, in one transaction and with the last word for it."""
    with services.transactions.begin() as work:
        standing = require_standing(work.raffles.get(command.raffle_id), work)
    finding = ask_beacon(command.raffle_id, standing, command.draw, services)
    material = material_of(command.raffle_id, command.draw, attempt, finding, services)
    with services.transactions.begin() as work:
        raffle = work.raffles.lock(command.raffle_id)
        standing = require_standing(raffle, work)
        if standing.due(command.draw) != attempt:
            raise UnavailableError("Something about the draws has changed meanwhile.")
        start = work.draws.started(raffle.id, command.draw, attempt)
        if start is None:
            _require_hopeless(command, standing, attempt, material)
        elif work.draws.entered(raffle.id, command.draw, attempt):
            raise DrawPossibleError("Numbers were drawn by hand already, and stand.", draw=command.draw)
        word = _word(command, attempt, Decision.GIVE_UP, services, winner=-1, round_=0)
        persons = 2 if work.raffles.profile(raffle.id).two_person_draws else 1
        if agreed(raffle.id, word, persons, work) is not None:
            start = start or _started(
                command, raffle, attempt, standing.not_before(material.now), work, services
            )
            transcript = standing.transcript(failed(start, command.reason))
            require_verified(transcript, pools_of(raffle.id, standing, work))
            record(raffle.id, transcript, command.actor, services)
        work.commands.answer(command.request, _DONE)


def _started(
    command: Redraw, raffle: Raffle, attempt: int, at: int, work: Work, services: Services
) -> DrawStart:
    """The start of an attempt that fails at once."""
    if raffle.state is RaffleState.SEALED:
        work.raffles.update(raffle.after(RaffleEvent.START_DRAWING))
    label = label_of(command.request)
    start = DrawStart(command.draw, attempt, at, (), command.actor.label, label)
    record_start(raffle.id, start, command.actor, work, services)
    return start


def _require_hopeless(command: Redraw, standing: Standing, attempt: int, material: Material) -> None:
    """Too few numbers take part, no mode of M can be had, or the beacon came and contributions did not."""
    if standing.numbers_left(command.draw, material.now) < standing.numbers_needed(command.draw):
        return
    try:
        fallbacks_of(standing, command.draw, attempt, material, command.reason)
    except EntropyUnavailableError:
        return
    raise DrawPossibleError("The attempt can still be held.", draw=command.draw)


def _word(
    command: Redraw, attempt: int, decision: Decision, services: Services, *, winner: int, round_: int
) -> Approval:
    return Approval(
        draw=command.draw,
        attempt=attempt,
        decision=decision,
        winner=winner,
        round=round_,
        approved_by=command.actor.label,
        reason=command.reason,
        approved_at=services.clock.now(),
    )
