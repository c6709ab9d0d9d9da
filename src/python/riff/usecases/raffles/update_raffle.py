"""Decide anew what was decided when a raffle was created, as long as it is not active."""

import attrs

from riff.domain.accounts.actor import Actor
from riff.domain.audit.event_catalogue import EventKind
from riff.domain.identifiers import RaffleId, StreamId
from riff.domain.instants import format_instant
from riff.domain.raffles.raffle import NumberingKind, Raffle
from riff.domain.raffles.setup import RaffleSetup
from riff.domain.raffles.window import SalesWindow
from riff.errors import InvalidRequestError
from riff.ports.services import Services
from riff_critical.selling import EmptyWindowError


@attrs.frozen
class UpdateRaffle:
    """All of it again; it replaces what was decided before.

    Attributes:
        actor: who decides.
        raffle_id: the raffle.
        name: as the public will know it.
        window: when it sells.
        numbering: how slots become draw numbers.
        first_number: smallest draw number.
        rule_profile: name of the jurisdiction's rules.
        sales_cap_minor: the most that valid orders may come to, or None.
    """

    actor: Actor
    raffle_id: RaffleId
    name: str
    window: SalesWindow
    numbering: NumberingKind
    first_number: int
    rule_profile: str
    sales_cap_minor: int | None


def update_raffle(command: UpdateRaffle, services: Services) -> Raffle:
    """Replace name, window, numbering, rule profile and cap of a raffle whose setup is not frozen.

    Raises:
        NotFoundError, NotPermittedError: no such raffle, or the actor may not configure it.
        UnknownProfileError: the rule profile does not exist.
        StateRefusesError: the raffle's setup is frozen.
        InvalidRequestError: the window has passed, or a package would never be on sale in it.
    """
    now = services.clock.now()
    profile = services.profiles.get(command.rule_profile)
    with services.transactions.begin() as work:
        raffle = work.raffles.lock(command.raffle_id)
        command.actor.require("raffles:configure", raffle.organization_id)
        if command.window.closes_at <= now:
            raise InvalidRequestError(
                "Sales would close in the past.", [("/sales_window/closes_at", "must be in the future")]
            )
        setup = RaffleSetup(raffle, work.raffles.packages(raffle.id), work.raffles.prizes(raffle.id))
        _require_sellable(setup, command.window)
        updated = attrs.evolve(
            setup.saved(),
            name=command.name,
            window=command.window,
            numbering=command.numbering,
            first_number=command.first_number,
            rule_profile=profile.name,
            sales_cap_minor=command.sales_cap_minor,
        )
        work.raffles.configure(updated)
        work.events.append(
            StreamId(raffle.id), EventKind.RAFFLE_UPDATED, now, command.actor.label, _facts(updated)
        )
        return updated


def _require_sellable(setup: RaffleSetup, window: SalesWindow) -> None:
    for package in setup.packages:
        try:
            package.offer(window)
        except EmptyWindowError as error:
            raise InvalidRequestError(
                f"The package {package.label} would never be on sale.",
                [("/sales_window", "leaves a package outside")],
            ) from error


def _facts(raffle: Raffle) -> dict[str, str | int | None]:
    return {
        "name": raffle.name,
        "opens_at": format_instant(raffle.window.opens_at),
        "closes_at": format_instant(raffle.window.closes_at),
        "numbering": raffle.numbering.value,
        "first_number": raffle.first_number,
        "rule_profile": raffle.rule_profile,
        "sales_cap": raffle.sales_cap_minor,
    }
