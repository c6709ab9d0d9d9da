"""Set the packages of a raffle that is not yet active."""

from collections.abc import Sequence

import attrs

from riff.domain.accounts.actor import Actor
from riff.domain.audit.event_catalogue import EventKind
from riff.domain.identifiers import RaffleId, StreamId
from riff.domain.raffles.package import Package
from riff.domain.raffles.raffle import Raffle
from riff.domain.raffles.setup import RaffleSetup
from riff.errors import InvalidRequestError
from riff.ports.services import Services
from riff_critical.selling import EmptyWindowError


@attrs.frozen
class SetPackages:
    """The whole list of packages; it replaces the one before.

    Attributes:
        actor: who sets them.
        raffle_id: the raffle.
        packages: in the order in which they are offered; each carries a fresh name.
    """

    actor: Actor
    raffle_id: RaffleId
    packages: Sequence[Package]


def set_packages(command: SetPackages, services: Services) -> RaffleSetup:
    """Replace the packages; a raffle whose setup is complete becomes `configured`.

    Raises:
        NotFoundError, NotPermittedError: no such raffle, or the actor may not configure it.
        StateRefusesError: the raffle's setup is frozen.
        IncompleteSetupError: the raffle was complete and would no longer be.
        InvalidRequestError: a package is sold in no channel of the raffle, or would never be on sale.
    """
    now = services.clock.now()
    with services.transactions.begin() as work:
        raffle = work.raffles.lock(command.raffle_id)
        command.actor.require("raffles:configure", raffle.organization_id)
        for index, package in enumerate(command.packages):
            _require_sellable(package, raffle, f"/packages/{index}")
        setup = RaffleSetup(raffle, tuple(command.packages), work.raffles.prizes(raffle.id))
        saved = attrs.evolve(setup, raffle=setup.saved())
        work.raffles.set_packages(raffle.id, saved.packages)
        work.raffles.update(saved.raffle)
        work.events.append(
            StreamId(raffle.id),
            EventKind.PACKAGES_SET,
            now,
            command.actor.label,
            {"packages": "; ".join(map(_described, saved.packages))},
        )
        return saved


def _described(package: Package) -> str:
    stock = "" if package.stock is None else f", {package.stock} at most"
    return f"{package.id}:{package.numbers} for {package.price_minor}{stock}"


def _require_sellable(package: Package, raffle: Raffle, pointer: str) -> None:
    ranges = {part.channel for part in raffle.ranges}
    if not package.channels <= ranges:
        raise InvalidRequestError(
            "A package is sold in a channel that has no range.", [(f"{pointer}/channels", "has no range")]
        )
    try:
        package.offer(raffle.window)
    except EmptyWindowError as error:
        raise InvalidRequestError(
            "A package would never be on sale.", [(pointer, "lies outside the sales window")]
        ) from error
