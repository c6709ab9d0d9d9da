"""Decide how the draws of a raffle are held, before it is activated."""

import attrs

from riff.domain.accounts.actor import Actor
from riff.domain.audit.event_catalogue import EventKind
from riff.domain.draws.plan import DrawPlan
from riff.domain.identifiers import RaffleId, StreamId
from riff.domain.instants import format_instant
from riff.domain.raffles.setup import RaffleSetup
from riff.errors import InvalidRequestError
from riff.ports.services import Services


@attrs.frozen
class PlanDraws:
    """How `actor` wants the draws of a raffle to be held."""

    actor: Actor
    raffle_id: RaffleId
    plan: DrawPlan


def plan_draws(command: PlanDraws, services: Services) -> DrawPlan:
    """Let a plan count in place of the one before.

    Raises:
        NotFoundError, NotPermittedError: no such raffle, or the actor may not set it up.
        StateRefusesError: the raffle's setup is frozen.
        InvalidRequestError: the early-bird draw ends outside the sales.
    """
    now = services.clock.now()
    with services.transactions.begin() as work:
        raffle = work.raffles.lock(command.raffle_id)
        command.actor.require("raffles:configure", raffle.organization_id)
        setup = RaffleSetup(raffle, work.raffles.packages(raffle.id), work.raffles.prizes(raffle.id))
        work.raffles.update(setup.saved())
        until = command.plan.early_bird_until
        if until is not None and not raffle.window.opens_at < until <= raffle.window.closes_at:
            raise InvalidRequestError(
                "The early-bird draw ends outside the sales.",
                [("/early_bird_until", "must lie in the sales window")],
            )
        work.seals.set_plan(raffle.id, command.plan)
        work.events.append(
            StreamId(raffle.id),
            EventKind.DRAWS_PLANNED,
            now,
            command.actor.label,
            {
                "early_bird_until": format_instant(until) if until else None,
                "attempts": command.plan.attempts,
                "seal_within_s": command.plan.seal_within_s,
                "contributors": ",".join(command.plan.contributors),
            },
        )
        return command.plan
