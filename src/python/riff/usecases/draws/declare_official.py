"""Declare the result of a draw official, once every winning ticket is verified (GLI-31 2.6.5)."""

import attrs

from riff.domain.accounts.actor import Actor
from riff.domain.audit.event_catalogue import EventKind
from riff.domain.draws.records import Declaration, DrawnWinner
from riff.domain.identifiers import RaffleId, StreamId
from riff.domain.raffles.raffle import Raffle
from riff.errors import AlreadyDrawnError, SecondPersonNeededError, StateRefusesError, WinnerNotValidError
from riff.ports.services import Services
from riff.ports.stores import Work
from riff.usecases.draws.open_claims import open_claims
from riff.usecases.draws.pool_storage import place_in_pool
from riff.usecases.draws.show_draw import DrawView, view_of
from riff.usecases.draws.transcript import require_standing
from riff_critical.lifecycle import DRAW, DrawEvent, DrawState, Guard, RaffleEvent, advance


@attrs.frozen
class DeclareOfficial:
    """Whose result `actor` declares official."""

    actor: Actor
    raffle_id: RaffleId
    draw: int


def declare_official(command: DeclareOfficial, services: Services) -> DrawView:
    """Make the result official; with the last draw, the raffle is complete.

    Raises:
        NotFoundError, NotPermittedError: no such raffle or draw, or the actor may not declare it.
        StateRefusesError: the draw has no result.
        AlreadyDrawnError: the result is official already.
        SecondPersonNeededError: the rules ask for another person than the one who started the draw.
        WinnerNotValidError: a winning number is not on the sealed list, or its order is not valid.
    """
    now = services.clock.now()
    with services.transactions.begin() as work:
        raffle = work.raffles.lock(command.raffle_id)
        command.actor.require("draws:confirm", raffle.organization_id)
        standing = require_standing(raffle, work)
        standing.planned(command.draw)
        drawn = standing.result(command.draw)
        if drawn is None:
            raise StateRefusesError("The draw has no result.", state="committed", action="confirm")
        if standing.declared(command.draw) is not None:
            raise AlreadyDrawnError("The result is official already.", draw=command.draw)
        _require_another(command, drawn.attempt, work)
        for winner in standing.winners(command.draw):
            require_valid(raffle, winner, work)
        advance(DRAW, DrawState.DRAWN, DrawEvent.CONFIRM, frozenset({Guard.RESULT_VERIFIED}))
        official = Declaration(command.draw, drawn.attempt, command.actor.label, now)
        work.draws.declare(raffle.id, official)
        open_claims(raffle, standing.winners(command.draw), official, work, services)
        work.events.append(
            StreamId(raffle.id),
            EventKind.DRAW_OFFICIAL,
            now,
            command.actor.label,
            {"draw": command.draw, "attempt": drawn.attempt},
        )
        if require_standing(raffle, work).complete:
            raffle = _completed(raffle, command, work, services)
        return view_of(raffle, command.draw, work)


def require_valid(raffle: Raffle, winner: DrawnWinner, work: Work) -> None:
    """The winning number is on the sealed list, and its order stands.

    Raises:
        WinnerNotValidError: it is not.
    """
    order = work.orders.holding(raffle.id, winner.slot)
    listed = order and place_in_pool(raffle.id, winner.draw, order.first_slot, work)
    if order is None or listed is None or work.orders.void_of(order.id) is not None:
        raise WinnerNotValidError("A winning number has no valid order.", winner=winner.place)


def _require_another(command: DeclareOfficial, attempt: int, work: Work) -> None:
    start = work.draws.started(command.raffle_id, command.draw, attempt)
    two = work.raffles.profile(command.raffle_id).two_person_draws
    if two and start is not None and start.started_by == command.actor.label:
        raise SecondPersonNeededError("Another person than the one who started the draw declares its result.")


def _completed(raffle: Raffle, command: DeclareOfficial, work: Work, services: Services) -> Raffle:
    complete = raffle.after(RaffleEvent.COMPLETE, frozenset({Guard.DRAWS_OFFICIAL}))
    work.raffles.update(complete)
    work.events.append(
        StreamId(raffle.id), EventKind.RAFFLE_COMPLETED, services.clock.now(), command.actor.label, {}
    )
    return complete
