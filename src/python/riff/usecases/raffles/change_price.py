"""Change the price of a package while a raffle sells, where its rule profile allows."""

from datetime import datetime, timedelta

import attrs

from riff.domain.accounts.actor import Actor
from riff.domain.audit.event_catalogue import EventKind
from riff.domain.identifiers import PackageId, RaffleId, StreamId
from riff.domain.instants import format_instant
from riff.domain.raffles.package import Package, PriceChange
from riff.domain.raffles.permitted import require_permitted_package
from riff.domain.raffles.profile import PriceChanges
from riff.domain.raffles.raffle import Raffle
from riff.errors import ProfileRefusesError, StateRefusesError
from riff.ports.services import Services
from riff.ports.stores import Work
from riff.usecases.checkout.reservation import package_of
from riff_critical.lifecycle import RaffleState

_SELLING = frozenset({RaffleState.ACTIVE, RaffleState.SUSPENDED})
# A seller reads the prices, then decides.  A change is in force only once every seller that decides at that
# instant has had time to read it, so that what was paid is what the history says.
_NOTICE = timedelta(seconds=5)
_MICROSECOND = timedelta(microseconds=1)


@attrs.frozen
class ChangePrice:
    """What a package is to cost.

    Attributes:
        actor: who changes it.
        raffle_id: the raffle.
        package_id: the package.
        price_minor: the new price, in the raffle's currency.
        reason: why, in words.
    """

    actor: Actor
    raffle_id: RaffleId
    package_id: PackageId
    price_minor: int
    reason: str


@attrs.frozen
class ChangedPrice:
    """A package of the raffle, with its new price and all the earlier ones."""

    raffle: Raffle
    package: Package


def change_price(command: ChangePrice, services: Services) -> ChangedPrice:
    """Add a price to the package's history; orders that were opened before it is in force keep theirs.

    Raises:
        NotFoundError, NotPermittedError: no such raffle or package, or the actor may not change prices.
        StateRefusesError: before activation packages are set anew; after the close nothing changes.
        ProfileRefusesError: the rule profile freezes prices, or lets no buyer pay so much.
    """
    now = services.clock.now()
    with services.transactions.begin() as work:
        raffle = work.raffles.lock(command.raffle_id)
        command.actor.require("raffles:price", raffle.organization_id)
        package = package_of(command.package_id, work.raffles.packages(raffle.id))
        change = PriceChange(command.price_minor, _in_force_from(package, now), command.actor.label)
        changed = package.changed(change)
        _require_changeable(raffle, changed, work)
        work.raffles.change_price(raffle.id, package.id, change)
        work.events.append(
            StreamId(raffle.id),
            EventKind.PRICE_CHANGED,
            now,
            command.actor.label,
            {
                "package": str(package.id),
                "numbers": package.numbers,
                "before": package.price_minor,
                "price": command.price_minor,
                "in_force_from": format_instant(change.in_force_from),
                "reason": command.reason,
            },
        )
        return ChangedPrice(raffle, changed)


def _in_force_from(package: Package, now: datetime) -> datetime:
    latest = [price.until + _MICROSECOND for price in package.earlier[-1:]]
    return max([now + _NOTICE, *latest])


def _require_changeable(raffle: Raffle, package: Package, work: Work) -> None:
    if raffle.state not in _SELLING:
        raise StateRefusesError(
            f"No price changes in a raffle that is {raffle.state.value}.",
            state=raffle.state.value,
            action="change_price",
        )
    profile = work.raffles.profile(raffle.id)
    if profile.prices.changes is PriceChanges.FROZEN:
        raise ProfileRefusesError("The rule profile freezes prices at activation.", rule="prices.changes")
    require_permitted_package(package, profile)
