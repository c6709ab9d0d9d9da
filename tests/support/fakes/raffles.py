"""A raffle store in memory."""

from collections.abc import Sequence
from datetime import datetime

import attrs

from riff.domain.identifiers import OrganizationId, PackageId, RaffleId
from riff.domain.raffles.package import Package, PriceChange
from riff.domain.raffles.prize import DrawKind, Prize
from riff.domain.raffles.profile import RuleProfile
from riff.domain.raffles.raffle import Organization, Raffle, RaffleKeys
from riff.errors import NotFoundError
from riff.ports.pages import EventPosition, Page, RafflePosition
from riff_critical.lifecycle import RaffleState
from riff_critical.selling import Range
from tests.support.fakes.tables import Tables


@attrs.frozen
class FakeRaffleStore:
    """Honours `riff.ports.stores.RaffleStore`."""

    tables: Tables

    def organization(self, organization_id: OrganizationId) -> Organization:
        if organization_id not in self.tables.organizations:
            raise NotFoundError("There is no such organization.")
        return self.tables.organizations[organization_id]

    def take_event_number(self, organization_id: OrganizationId) -> int:
        self.organization(organization_id)
        number = self.tables.event_numbers.get(organization_id, 0) + 1
        self.tables.event_numbers[organization_id] = number
        return number

    def add(self, raffle: Raffle, keys: RaffleKeys) -> None:
        self.organization(raffle.organization_id)
        self.tables.raffles[raffle.id] = raffle
        self.tables.keys[raffle.id] = keys
        self._add_ranges(raffle)

    def get(self, raffle_id: RaffleId) -> Raffle:
        if raffle_id not in self.tables.raffles:
            raise NotFoundError("There is no such raffle.")
        return self.tables.raffles[raffle_id]

    def lock(self, raffle_id: RaffleId) -> Raffle:
        return self.get(raffle_id)

    def update(self, raffle: Raffle) -> None:
        stored = self.get(raffle.id)
        self.tables.raffles[raffle.id] = attrs.evolve(stored, state=raffle.state, closed_at=raffle.closed_at)

    def extend(self, raffle: Raffle) -> None:
        self.tables.raffles[raffle.id] = attrs.evolve(self.get(raffle.id), window=raffle.window)

    def configure(self, raffle: Raffle) -> None:
        stored = self.get(raffle.id)
        self.tables.raffles[raffle.id] = attrs.evolve(
            stored,
            name=raffle.name,
            state=raffle.state,
            window=raffle.window,
            numbering=raffle.numbering,
            first_number=raffle.first_number,
            rule_profile=raffle.rule_profile,
            sales_cap_minor=raffle.sales_cap_minor,
        )

    def change_price(self, raffle_id: RaffleId, package_id: PackageId, change: PriceChange) -> None:
        self.tables.packages[raffle_id] = tuple(
            package.changed(change) if package.id == package_id else package
            for package in self.packages(raffle_id)
        )

    def snapshot_profile(self, raffle_id: RaffleId, profile: RuleProfile) -> None:
        self.get(raffle_id)
        self.tables.profiles[raffle_id] = profile

    def profile(self, raffle_id: RaffleId) -> RuleProfile:
        if raffle_id not in self.tables.profiles:
            raise NotFoundError("There is no such raffle, or it was never activated.")
        return self.tables.profiles[raffle_id]

    def keys(self, raffle_id: RaffleId) -> RaffleKeys:
        self.get(raffle_id)
        return self.tables.keys[raffle_id]

    def packages(self, raffle_id: RaffleId) -> tuple[Package, ...]:
        return self.tables.packages.get(raffle_id, ())

    def set_packages(self, raffle_id: RaffleId, packages: Sequence[Package]) -> None:
        self.get(raffle_id)
        self.tables.packages[raffle_id] = tuple(packages)

    def prizes(self, raffle_id: RaffleId) -> tuple[Prize, ...]:
        prizes = self.tables.prizes.get(raffle_id, ())
        return tuple(sorted(prizes, key=lambda prize: (prize.draw is not DrawKind.EARLY_BIRD, prize.rank)))

    def set_prizes(self, raffle_id: RaffleId, prizes: Sequence[Prize]) -> None:
        self.get(raffle_id)
        self.tables.prizes[raffle_id] = tuple(prizes)

    def set_ranges(self, raffle: Raffle) -> None:
        self.configure(raffle)
        stored = self.tables.raffles[raffle.id]
        for part in stored.ranges:
            del self.tables.ranges[raffle.id, part.channel]
        self.tables.raffles[raffle.id] = attrs.evolve(stored, ranges=raffle.ranges)
        self._add_ranges(raffle)

    def of(self, organization_id: OrganizationId, after: EventPosition | None, limit: int) -> Page[Raffle]:
        found = [
            raffle
            for raffle in self.tables.raffles.values()
            if raffle.organization_id == organization_id
            if after is None or raffle.event_number < after.event_number
        ]
        found.sort(key=lambda raffle: -raffle.event_number)
        return Page(tuple(found[:limit]), more=len(found) > limit)

    def on_sale(self, at: datetime, after: RafflePosition | None, limit: int) -> Page[Raffle]:
        found = sorted(
            (
                raffle
                for raffle in self.tables.raffles.values()
                if raffle.state is RaffleState.ACTIVE
                and raffle.window.opens_at <= at < raffle.window.closes_at
                and (after is None or _place(raffle) > (after.closes_at, after.raffle_id))
            ),
            key=_place,
        )
        return Page(tuple(found[:limit]), more=len(found) > limit)

    def _add_ranges(self, raffle: Raffle) -> None:
        for part in raffle.ranges:
            self.tables.ranges[raffle.id, part.channel] = Range(
                part.first_slot, part.slot_count, next_slot=part.first_slot
            )


def _place(raffle: Raffle) -> tuple[datetime, RaffleId]:
    return raffle.window.closes_at, raffle.id
