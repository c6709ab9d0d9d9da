"""Raffles, packages and prizes as replies show them."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

import attrs

from riff.domain.money import Money
from riff.domain.raffles.package import Package
from riff.domain.raffles.prize import DrawKind, Prize, PrizeKind
from riff.domain.raffles.raffle import MOST_SLOTS, NumberingKind, Raffle
from riff.domain.raffles.setup import RaffleSetup
from riff.domain.raffles.window import SalesWindow
from riff.handlers._runtime.limits import Between
from riff.handlers._runtime.shapes.money import MoneyReply
from riff_critical.lifecycle import RaffleState
from riff_critical.selling import Basis, Channel, Rounding


@attrs.frozen
class PackageReply:
    """An offer."""

    id: UUID
    label: str
    numbers: int
    price: MoneyReply
    channels: frozenset[Channel]
    on_sale_from: datetime | None
    on_sale_until: datetime | None
    stock: int | None

    @classmethod
    def of(cls, package: Package, currency: str) -> Self:
        """The package, priced in the raffle's currency."""
        return cls(
            id=package.id,
            label=package.label,
            numbers=package.numbers,
            price=MoneyReply.of(Money(package.price_minor, currency)),
            channels=package.channels,
            on_sale_from=package.on_sale_from,
            on_sale_until=package.on_sale_until,
            stock=package.stock,
        )


@attrs.frozen
class PrizeReply:
    """A prize and its rules; members that do not concern its kind are left out."""

    id: UUID
    rank: int
    name: str
    draw: DrawKind
    kind: PrizeKind
    winners: int
    amount: MoneyReply | None
    share_bp: int | None
    basis: Basis | None
    seed: MoneyReply | None
    guaranteed: MoneyReply | None
    cap: MoneyReply | None
    rounding_minor: int | None
    rounding: Rounding | None

    @classmethod
    def of(cls, prize: Prize, currency: str) -> Self:
        """The prize, its amounts in the raffle's currency."""
        is_share = prize.kind is PrizeKind.SHARE

        def money(minor: int | None) -> MoneyReply | None:
            return MoneyReply.of(Money(minor, currency)) if minor else None

        return cls(
            id=prize.id,
            rank=prize.rank,
            name=prize.name,
            draw=prize.draw,
            kind=prize.kind,
            winners=prize.winners,
            amount=money(prize.amount_minor),
            share_bp=prize.share_bp if is_share else None,
            basis=prize.basis if is_share else None,
            seed=money(prize.seed_minor),
            guaranteed=money(prize.guaranteed_minor),
            cap=money(prize.cap_minor),
            rounding_minor=prize.rounding_minor if is_share else None,
            rounding=prize.rounding if is_share else None,
        )


@attrs.frozen
class RangeBody:
    """How many numbers a channel gets."""

    channel: Channel
    size: Annotated[int, Between(1, MOST_SLOTS)]


@attrs.frozen
class RangeReply:
    """A channel's part of the number space, in slots."""

    channel: Channel
    first_slot: int
    size: int


@attrs.frozen
class RaffleSummaryReply:
    """A raffle in a list."""

    id: UUID
    name: str
    state: RaffleState
    currency: str
    sales_window: SalesWindow

    @classmethod
    def of(cls, raffle: Raffle) -> Self:
        """What a list tells of a raffle."""
        return cls(raffle.id, raffle.name, raffle.state, raffle.currency, raffle.window)


@attrs.frozen
class RaffleReply:
    """A raffle as the public sees it."""

    id: UUID
    event_number: int
    name: str
    state: RaffleState
    currency: str
    sales_window: SalesWindow
    packages: tuple[PackageReply, ...]
    prizes: tuple[PrizeReply, ...]

    @classmethod
    def of(cls, setup: RaffleSetup) -> Self:
        """A raffle with its setup."""
        raffle = setup.raffle
        return cls(
            id=raffle.id,
            event_number=raffle.event_number,
            name=raffle.name,
            state=raffle.state,
            currency=raffle.currency,
            sales_window=raffle.window,
            packages=tuple(PackageReply.of(package, raffle.currency) for package in setup.packages),
            prizes=tuple(PrizeReply.of(prize, raffle.currency) for prize in setup.prizes),
        )


@attrs.frozen
class RaffleAdminReply:
    """A raffle as those who run it see it, without packages and prizes."""

    id: UUID
    organization_id: UUID
    event_number: int
    name: str
    state: RaffleState
    currency: str
    sales_window: SalesWindow
    numbering: NumberingKind
    first_number: int
    ranges: tuple[RangeReply, ...]
    rule_profile: str
    created_at: datetime
    closed_at: datetime | None
    sales_cap: MoneyReply | None

    @classmethod
    def of(cls, raffle: Raffle) -> Self:
        """Everything about the raffle itself but its secrets."""
        return cls(
            id=raffle.id,
            organization_id=raffle.organization_id,
            event_number=raffle.event_number,
            name=raffle.name,
            state=raffle.state,
            currency=raffle.currency,
            sales_window=raffle.window,
            numbering=raffle.numbering,
            first_number=raffle.first_number,
            ranges=tuple(
                RangeReply(part.channel, part.first_slot, part.slot_count) for part in raffle.ranges
            ),
            rule_profile=raffle.rule_profile,
            created_at=raffle.created_at,
            closed_at=raffle.closed_at,
            sales_cap=_cap(raffle),
        )


def _cap(raffle: Raffle) -> MoneyReply | None:
    if raffle.sales_cap_minor is None:
        return None
    return MoneyReply.of(Money(raffle.sales_cap_minor, raffle.currency))


@attrs.frozen
class RaffleSetupReply:
    """A raffle as those who run it see it, with packages and prizes."""

    raffle: RaffleAdminReply
    packages: tuple[PackageReply, ...]
    prizes: tuple[PrizeReply, ...]

    @classmethod
    def of(cls, setup: RaffleSetup) -> Self:
        """A raffle with its setup."""
        currency = setup.raffle.currency
        return cls(
            raffle=RaffleAdminReply.of(setup.raffle),
            packages=tuple(PackageReply.of(package, currency) for package in setup.packages),
            prizes=tuple(PrizeReply.of(prize, currency) for prize in setup.prizes),
        )
