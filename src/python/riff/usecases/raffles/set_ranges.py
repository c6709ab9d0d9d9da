"""Divide the number space of a raffle anew, as long as it is not active."""

from collections.abc import Sequence

import attrs

from riff.domain.accounts.actor import Actor
from riff.domain.audit.event_catalogue import EventKind
from riff.domain.identifiers import RaffleId, StreamId
from riff.domain.raffles.package import Package
from riff.domain.raffles.raffle import Raffle, adjoining
from riff.domain.raffles.setup import RaffleSetup
from riff.errors import InvalidRequestError
from riff.ports.services import Services
from riff_critical.selling import Channel


@attrs.frozen
class SetRanges:
    """All ranges; they replace the ones before.

    Attributes:
        actor: who sets them.
        raffle_id: the raffle.
        range_sizes: slots per channel, in the order in which they lie in the number space.
    """

    actor: Actor
    raffle_id: RaffleId
    range_sizes: Sequence[tuple[Channel, int]]


def set_ranges(command: SetRanges, services: Services) -> Raffle:
    """Replace the ranges; nothing has been leased of them, since the raffle was never active.

    Raises:
        NotFoundError, NotPermittedError: no such raffle, or the actor may not configure it.
        StateRefusesError: the raffle's setup is frozen.
        InvalidRequestError: a range is not allowed, the ranges are too large, or a package lost its channel.
    """
    now = services.clock.now()
    with services.transactions.begin() as work:
        raffle = work.raffles.lock(command.raffle_id)
        command.actor.require("raffles:configure", raffle.organization_id)
        setup = RaffleSetup(raffle, work.raffles.packages(raffle.id), work.raffles.prizes(raffle.id))
        _require_channels(command.range_sizes, raffle, setup.packages, services)
        try:
            divided = attrs.evolve(setup.saved(), ranges=adjoining(command.range_sizes))
        except ValueError as error:
            raise InvalidRequestError(f"The raffle cannot be: {error}.", [("/ranges", str(error))]) from error
        work.raffles.set_ranges(divided)
        work.events.append(
            StreamId(raffle.id),
            EventKind.RANGES_SET,
            now,
            command.actor.label,
            {"ranges": "; ".join(f"{part.channel.value}:{part.slot_count}" for part in divided.ranges)},
        )
        return divided


def _require_channels(
    sizes: Sequence[tuple[Channel, int]], raffle: Raffle, packages: Sequence[Package], services: Services
) -> None:
    channels = {channel for channel, _ in sizes}
    if not channels <= services.profiles.get(raffle.rule_profile).channels:
        raise InvalidRequestError(
            "The rule profile does not allow every channel.", [("/ranges", "channel not allowed")]
        )
    if not all(package.channels <= channels for package in packages):
        raise InvalidRequestError(
            "A package is sold in a channel that would have no range.", [("/ranges", "lacks a channel")]
        )
