"""Activate a raffle: from here on nothing that affects its integrity can be changed (GLI-31 2.2.3)."""

import attrs

from riff.domain.accounts.actor import Actor
from riff.domain.audit.event_catalogue import EventKind
from riff.domain.identifiers import RaffleId, StreamId
from riff.domain.instants import format_instant
from riff.domain.raffles.permitted import require_permitted, sales_cap
from riff.domain.raffles.setup import RaffleSetup
from riff.errors import SalesClosedError
from riff.ports.services import Services
from riff.usecases.draws.commit_draws import commit_draws
from riff_critical.lifecycle import Guard, RaffleEvent


@attrs.frozen
class ActivateRaffle:
    """Which raffle `actor` wants to let sell."""

    actor: Actor
    raffle_id: RaffleId


def activate_raffle(command: ActivateRaffle, services: Services) -> RaffleSetup:
    """Freeze the setup and let the raffle sell as soon as its window opens.

    Raises:
        NotFoundError, NotPermittedError: no such raffle, or the actor may not activate it.
        StateRefusesError: the raffle is not configured.
        ProfileRefusesError: the setup breaks a rule of the profile, which `rule` names.
        IncompleteSetupError: a guard of activation is not satisfied.
        SalesClosedError: the sales window has passed.
        UnavailableError: the key that keeps the seeds of the draws cannot be reached.
    """
    now = services.clock.now()
    with services.transactions.begin() as work:
        raffle = work.raffles.lock(command.raffle_id)
        command.actor.require("raffles:activate", raffle.organization_id)
        profile = services.profiles.get(raffle.rule_profile)
        setup = RaffleSetup(raffle, work.raffles.packages(raffle.id), work.raffles.prizes(raffle.id))
        require_permitted(setup, profile)
        # The commitments come last, and nothing is activated without them: this transaction holds both.
        active = attrs.evolve(
            raffle.after(RaffleEvent.ACTIVATE, setup.satisfied | {Guard.DRAWS_COMMITTED}),
            sales_cap_minor=sales_cap(setup, profile),
        )
        if raffle.window.closes_at <= now:
            raise SalesClosedError("The sales window has passed.", state=raffle.state.value)
        work.raffles.configure(active)
        work.raffles.snapshot_profile(raffle.id, profile)
        work.allowances.open(raffle.id, setup.packages, active.sales_cap_minor)
        work.events.append(
            StreamId(raffle.id),
            EventKind.RAFFLE_ACTIVATED,
            now,
            command.actor.label,
            {
                "rule_profile": profile.name,
                "packages": len(setup.packages),
                "prizes": len(setup.prizes),
                "slots": raffle.slot_count,
                "closes_at": format_instant(raffle.window.closes_at),
                "sales_cap": active.sales_cap_minor,
            },
        )
        commit_draws(attrs.evolve(setup, raffle=active), profile, command.actor, work, services)
        return attrs.evolve(setup, raffle=active)
