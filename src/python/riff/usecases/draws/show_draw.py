"""Show a draw: what is planned, how far it has come, and who won."""

from collections.abc import Iterable, Mapping

import attrs

from riff.domain.accounts.actor import Actor
from riff.domain.draws.entries import Entries
from riff.domain.draws.records import Approval, Declaration, DrawnWinner, DrawStart
from riff.domain.draws.standing import Standing
from riff.domain.identifiers import RaffleId
from riff.domain.raffles.raffle import Raffle
from riff.domain.sales.ticket import numbering_of
from riff.ports.services import Services
from riff.ports.stores import Work
from riff.usecases.draws.transcript import require_standing
from riff_critical.draw import Attempt, EntropyMode, PlannedDraw
from riff_critical.lifecycle import DrawState


@attrs.frozen
class ShowDraw:
    """Which draw `actor` wants to see."""

    actor: Actor
    raffle_id: RaffleId
    draw: int


@attrs.frozen
class DrawView:
    """A draw.

    Attributes:
        raffle: the raffle.
        draw: which of its draws, from 1.
        planned: the draw in M.
        state: of the attempt that counts.
        attempt: which attempt counts, from 1.
        mode: of that attempt, once it is started.
        start: when and by whom, once it is started.
        failures: the attempts that came to nothing.
        approvals: the words that were given about the attempt.
        entries: what was entered by hand.
        winners: with the alternates that took places.
        alternates: slots of the alternates that are left, in order.
        numbers: the printed numbers of those slots.
        declaration: of the result, once it is official.
    """

    raffle: Raffle
    draw: int
    planned: PlannedDraw
    state: DrawState
    attempt: int
    mode: EntropyMode | None
    start: DrawStart | None
    failures: tuple[Attempt, ...]
    approvals: tuple[Approval, ...]
    entries: Entries
    winners: tuple[DrawnWinner, ...]
    alternates: tuple[int, ...]
    numbers: Mapping[int, int]
    declaration: Declaration | None


def show_draw(query: ShowDraw, services: Services) -> DrawView:
    """The draw.

    Raises:
        NotFoundError, NotPermittedError: no such raffle or draw, or the actor may not see it.
        StateRefusesError: the raffle is not sealed.
    """
    with services.transactions.begin() as work:
        raffle = work.raffles.get(query.raffle_id)
        query.actor.require("draws:read", raffle.organization_id)
        return view_of(raffle, query.draw, work)


def view_of(raffle: Raffle, draw: int, work: Work) -> DrawView:
    """A draw as it stands.

    Raises:
        NotFoundError: M plans no such draw.
        StateRefusesError: the raffle is not sealed.
    """
    standing = require_standing(raffle, work)
    planned, attempt = standing.planned(draw), standing.attempt(draw)
    start = work.draws.started(raffle.id, draw, attempt)
    drawn, winners = standing.result(draw), standing.winners(draw)
    alternates = drawn.alternates[len(drawn.substitutions) :] if drawn else ()
    slots = [*(winner.slot for winner in winners), *(place.slot for place in alternates)]
    return DrawView(
        raffle=raffle,
        draw=draw,
        planned=planned,
        state=_state(standing, draw, start),
        attempt=attempt,
        mode=standing.mode(start) if start else None,
        start=start,
        failures=tuple(each for each in standing.attempts if each.draw == draw and each.failure is not None),
        approvals=work.draws.approvals(raffle.id, draw, attempt),
        entries=Entries(work.draws.entered(raffle.id, draw, attempt)),
        winners=winners,
        alternates=tuple(place.slot for place in alternates),
        numbers=_numbers(raffle, slots, work),
        declaration=standing.declared(draw),
    )


def _state(standing: Standing, draw: int, start: DrawStart | None) -> DrawState:
    if standing.declared(draw):
        return DrawState.OFFICIAL
    if standing.result(draw):
        return DrawState.DRAWN
    if start is not None:
        return DrawState.STARTED
    exhausted = standing.attempt(draw) > standing.manifest.attempts
    return DrawState.FAILED if exhausted else DrawState.COMMITTED


def _numbers(raffle: Raffle, slots: Iterable[int], work: Work) -> Mapping[int, int]:
    numbering = numbering_of(raffle, work.raffles.keys(raffle.id))
    return {slot: numbering.number(slot) for slot in slots}
