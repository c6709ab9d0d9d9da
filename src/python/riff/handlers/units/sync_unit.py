"""GET /units/me: everything that the calling sales unit needs to go on, also out of reach."""

from datetime import datetime
from typing import Self
from uuid import UUID

import attrs

from riff.domain.raffles.window import SalesWindow
from riff.handlers._runtime.http import Caller, Ok, Request, endpoint
from riff.handlers._runtime.shapes.raffle import PackageReply
from riff.handlers._runtime.shapes.unit import EnrolmentReply, UnitReply
from riff.usecases.units.sync_unit import HeldBlock, SyncedUnit, SyncUnit, UnitService, sync_unit
from riff.wiring import services
from riff_critical.lifecycle import RaffleState


@attrs.frozen
class HeldBlockReply:
    """A block of the unit, the key of its validation numbers, and the draw numbers still to be sold."""

    block_id: UUID
    tag: int
    first_slot: int
    end_slot: int
    next_slot: int
    sell_until: datetime
    validation_key: str = attrs.field(repr=False)
    numbers: tuple[int, ...] = attrs.field(repr=False)

    @classmethod
    def of(cls, held: HeldBlock) -> Self:
        """The block with its secrets."""
        lease = held.lease
        return cls(
            block_id=lease.id,
            tag=lease.tag,
            first_slot=lease.block.first_slot,
            end_slot=lease.block.end_slot,
            next_slot=lease.block.next_slot,
            sell_until=lease.sell_until,
            validation_key=held.validation_key.hex(),
            numbers=held.numbers,
        )


@attrs.frozen
class MemoryReply:
    """What the chain of the unit belongs to, and the mark up to which it is stored."""

    identity: str
    position: int
    tag: str


@attrs.frozen
class UnitServiceReply:
    """What the unit serves; `offline_packages` may be sold out of reach."""

    enrolment: EnrolmentReply
    raffle_state: RaffleState
    sales_window: SalesWindow
    packages: tuple[PackageReply, ...]
    offline_packages: tuple[UUID, ...]
    blocks: tuple[HeldBlockReply, ...]
    memory: MemoryReply

    @classmethod
    def of(cls, service: UnitService) -> Self:
        """The service of a unit."""
        raffle, mark = service.raffle, service.end.mark
        return cls(
            enrolment=EnrolmentReply.of(service.enrolment),
            raffle_state=raffle.state,
            sales_window=raffle.window,
            packages=tuple(PackageReply.of(package, raffle.currency) for package in service.packages),
            offline_packages=tuple(package.id for package in service.offline),
            blocks=tuple(HeldBlockReply.of(held) for held in service.blocks),
            memory=MemoryReply(service.enrolment.memory_identity.decode(), mark.position, mark.tag.hex()),
        )


@attrs.frozen
class SyncReply:
    """The unit, the system's clock, how many sales it may keep to itself, and what it serves."""

    unit: UnitReply
    server_time: datetime
    buffer_records: int
    service: UnitServiceReply | None

    @classmethod
    def of(cls, synced: SyncedUnit) -> Self:
        """The unit as it stands."""
        served = synced.service
        return cls(
            unit=UnitReply.of(synced.unit),
            server_time=synced.at,
            buffer_records=synced.buffer_records,
            service=None if served is None else UnitServiceReply.of(served),
        )


@endpoint(caller=Caller.UNIT)
def handler(request: Request[None]) -> Ok[SyncReply]:
    """Answer with the unit and what it serves."""
    return Ok(SyncReply.of(sync_unit(SyncUnit(actor=request.actor), services())))
