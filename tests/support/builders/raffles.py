"""Raffles with their setup."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Self
from uuid import uuid4

import attrs

from riff.domain.identifiers import OrganizationId, PackageId, PrizeId, RaffleId
from riff.domain.raffles.package import Package
from riff.domain.raffles.prize import DrawKind, Prize, PrizeKind
from riff.domain.raffles.profile import RuleProfile
from riff.domain.raffles.raffle import (
    ChannelRange,
    NumberingKind,
    Organization,
    Raffle,
    RaffleKeys,
)
from riff.domain.raffles.window import SalesWindow
from riff.ports.stores import Work
from riff_critical.lifecycle import RaffleState
from riff_critical.selling import Channel
from tests.support.builders.changes import changed
from tests.support.fakes.world import NOON, PERMISSIVE

# Far away, since the database compares the close with its own clock as well.
FAR_CLOSE = datetime(2099, 12, 31, tzinfo=UTC)
CURRENCY = "CAD"

_event_numbers = count(1)


def an_organization(name: str = "Northern Lights Foundation", currency: str = CURRENCY) -> Organization:
    """A licence holder of its own name."""
    return Organization(OrganizationId(uuid4()), name, "L-1234", currency)


def a_package(numbers: int = 10, price_minor: int = 2000, **changes: object) -> Package:
    """Ten numbers for 20.00, in every channel, for the whole window."""
    package = Package(PackageId(uuid4()), f"{numbers} numbers", numbers, price_minor, frozenset(Channel))
    return changed(package, changes)


def a_prize(share_bp: int = 5000, **changes: object) -> Prize:
    """Half of the sales."""
    prize = Prize(PrizeId(uuid4()), 1, "Jackpot", DrawKind.GRAND, PrizeKind.SHARE, share_bp=share_bp)
    return changed(prize, changes)


def raffle_keys() -> RaffleKeys:
    """Two keys that nothing depends on."""
    return RaffleKeys(validation=b"v" * 32, numbering=b"n" * 32)


@attrs.frozen
class RaffleBuilder:
    """A raffle to be; each method gives another builder and leaves this one as it is."""

    organization: Organization = attrs.field(factory=an_organization)
    state: RaffleState = RaffleState.DRAFT
    window: SalesWindow = attrs.field(factory=lambda: SalesWindow(NOON - timedelta(hours=1), FAR_CLOSE))
    slots: tuple[tuple[Channel, int], ...] = (
        (Channel.ONLINE, 100_000),
        (Channel.SALES_UNIT, 100_000),
        (Channel.RESERVE, 1_000),
    )
    numbering: NumberingKind = NumberingKind.SEQUENTIAL
    first_number: int = 1
    packages: tuple[Package, ...] = attrs.field(factory=lambda: (a_package(),))
    prizes: tuple[Prize, ...] = attrs.field(factory=lambda: (a_prize(),))
    profile: RuleProfile = PERMISSIVE
    sales_cap_minor: int | None = None

    def draft(self) -> Self:
        """Nothing is set up yet."""
        return attrs.evolve(self, state=RaffleState.DRAFT, packages=(), prizes=())

    def configured(self) -> Self:
        """Complete, and not yet active."""
        return attrs.evolve(self, state=RaffleState.CONFIGURED)

    def active(self) -> Self:
        """Activated, and on sale within its window."""
        return attrs.evolve(self, state=RaffleState.ACTIVE)

    def closed(self) -> Self:
        """Sales have ended."""
        return attrs.evolve(self, state=RaffleState.SALES_CLOSED)

    def in_state(self, state: RaffleState) -> Self:
        """Wherever the test needs it."""
        return attrs.evolve(self, state=state)

    def of(self, organization: Organization) -> Self:
        """Held by this organization."""
        return attrs.evolve(self, organization=organization)

    def on_sale(self, opens_at: datetime, closes_at: datetime) -> Self:
        """With this window."""
        return attrs.evolve(self, window=SalesWindow(opens_at, closes_at))

    def with_slots(self, online: int, sales_unit: int = 0) -> Self:
        """With a number space of this size."""
        parts = ((Channel.ONLINE, online), (Channel.SALES_UNIT, sales_unit))
        return attrs.evolve(self, slots=tuple(part for part in parts if part[1]))

    def randomly_numbered(self) -> Self:
        """With permuted draw numbers."""
        return attrs.evolve(self, numbering=NumberingKind.RANDOM)

    def with_packages(self, *packages: Package) -> Self:
        """Selling these."""
        return attrs.evolve(self, packages=packages)

    def with_prizes(self, *prizes: Prize) -> Self:
        """Giving these away."""
        return attrs.evolve(self, prizes=prizes)

    def under(self, profile: RuleProfile) -> Self:
        """Following these rules."""
        return attrs.evolve(self, profile=profile)

    def capped(self, sales_cap_minor: int) -> Self:
        """Selling no more than this."""
        return attrs.evolve(self, sales_cap_minor=sales_cap_minor)

    def build(self) -> Raffle:
        """The raffle, with a name of its own."""
        opened = self.state not in (RaffleState.DRAFT, RaffleState.CONFIGURED)
        closed = opened and self.state not in (RaffleState.ACTIVE, RaffleState.SUSPENDED)
        return Raffle(
            RaffleId(uuid4()),
            self.organization.id,
            next(_event_numbers),
            "Saturday Night 50/50",
            self.state,
            self.organization.currency,
            self.window,
            self.numbering,
            self.first_number,
            self._ranges(),
            self.profile.name,
            created_at=NOON - timedelta(days=1),
            closed_at=NOON if closed else None,
            sales_cap_minor=self.sales_cap_minor,
        )

    def stored(self, work: Work) -> Raffle:
        """The raffle, stored with its packages and prizes; its organization must be stored already."""
        raffle = self.build()
        work.raffles.add(raffle, raffle_keys())
        work.raffles.set_packages(raffle.id, self.packages)
        work.raffles.set_prizes(raffle.id, self.prizes)
        if self.state not in (RaffleState.DRAFT, RaffleState.CONFIGURED):
            work.raffles.snapshot_profile(raffle.id, self.profile)
            work.allowances.open(raffle.id, self.packages, self.sales_cap_minor)
        return raffle

    def _ranges(self) -> tuple[ChannelRange, ...]:
        ranges, first = [], 0
        for channel, slots in self.slots:
            ranges.append(ChannelRange(channel, first, slots))
            first += slots
        return tuple(ranges)


def a_raffle() -> RaffleBuilder:
    """A raffle that a test begins with."""
    return RaffleBuilder()
