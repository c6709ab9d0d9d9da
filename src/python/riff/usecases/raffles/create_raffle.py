"""Create a raffle: it takes the organization's next event number and its own secrets."""

from collections.abc import Sequence
from datetime import datetime

import attrs

from riff.domain.accounts.actor import Actor
from riff.domain.audit.event_catalogue import EventKind
from riff.domain.identifiers import OrganizationId, RaffleId, StreamId
from riff.domain.raffles.profile import RuleProfile
from riff.domain.raffles.raffle import NumberingKind, Organization, Raffle, RaffleKeys, adjoining
from riff.domain.raffles.window import SalesWindow
from riff.errors import InvalidRequestError
from riff.ports.services import Services
from riff_critical.lifecycle import RAFFLE
from riff_critical.selling import Channel


@attrs.frozen
class CreateRaffle:
    """What the organization decides when it creates a raffle.

    Attributes:
        actor: who creates it.
        organization_id: the licence holder.
        name: as the public will know it.
        window: when it sells.
        numbering: how slots become draw numbers.
        first_number: smallest draw number.
        range_sizes: slots per channel, in the order in which they lie in the number space.
        rule_profile: name of the jurisdiction's rules.
        sales_cap_minor: the most that valid orders may come to, or None.
    """

    actor: Actor
    organization_id: OrganizationId
    name: str
    window: SalesWindow
    numbering: NumberingKind
    first_number: int
    range_sizes: Sequence[tuple[Channel, int]]
    rule_profile: str
    sales_cap_minor: int | None = None


def create_raffle(command: CreateRaffle, services: Services) -> Raffle:
    """Create a raffle in the state `draft`.

    Raises:
        NotFoundError, NotPermittedError: the actor may not configure raffles of this organization.
        UnknownProfileError: the rule profile does not exist.
        InvalidRequestError: the window has passed, a range is not allowed, or the ranges are too large.
    """
    command.actor.require("raffles:configure", command.organization_id)
    now = services.clock.now()
    profile = services.profiles.get(command.rule_profile)
    if command.window.closes_at <= now:
        raise InvalidRequestError(
            "Sales would close in the past.", [("/sales_window/closes_at", "must be in the future")]
        )
    _require_channels(command, profile)
    keys = RaffleKeys(validation=services.keys.new_key(), numbering=services.keys.new_key())
    with services.transactions.begin() as work:
        organization = work.raffles.organization(command.organization_id)
        event_number = work.raffles.take_event_number(organization.id)
        raffle = _drafted(command, organization, event_number, now, services)
        work.raffles.add(raffle, keys)
        work.events.append(
            StreamId(raffle.id),
            EventKind.RAFFLE_CREATED,
            now,
            command.actor.label,
            {
                "organization": str(raffle.organization_id),
                "event_number": raffle.event_number,
                "sales_cap": raffle.sales_cap_minor,
            },
        )
        return raffle


def _require_channels(command: CreateRaffle, profile: RuleProfile) -> None:
    if not {channel for channel, _ in command.range_sizes} <= profile.channels:
        raise InvalidRequestError(
            "The rule profile does not allow every channel.", [("/ranges", "channel not allowed")]
        )


def _drafted(
    command: CreateRaffle, organization: Organization, event_number: int, now: datetime, services: Services
) -> Raffle:
    try:
        return Raffle(
            id=RaffleId(services.identifiers.new()),
            organization_id=organization.id,
            event_number=event_number,
            name=command.name,
            state=RAFFLE.initial,
            currency=organization.currency,
            window=command.window,
            numbering=command.numbering,
            first_number=command.first_number,
            ranges=adjoining(command.range_sizes),
            rule_profile=command.rule_profile,
            created_at=now,
            sales_cap_minor=command.sales_cap_minor,
        )
    except ValueError as error:
        raise InvalidRequestError(f"The raffle cannot be: {error}.") from error
