"""Tell a sales unit everything that it needs to go on, also out of reach."""

from datetime import datetime

import attrs

from riff.domain.accounts.actor import Actor
from riff.domain.raffles.package import Package
from riff.domain.raffles.raffle import Raffle
from riff.domain.sales.leased_block import LeasedBlock
from riff.domain.sales.ticket import numbering_of
from riff.domain.units.sales_unit import Enrolment, SalesUnit
from riff.ports.services import Services
from riff.ports.stores import Work
from riff.usecases.sales.allowance import is_limited
from riff.usecases.units.calling_unit import unit_of
from riff_critical.memory import Link
from riff_critical.selling import Channel
from riff_critical.validation import block_key


@attrs.frozen
class SyncUnit:
    """The sales unit that asks."""

    actor: Actor


@attrs.frozen
class HeldBlock:
    """A block of the unit, with what it needs to sell from it alone.

    Attributes:
        lease: the block as it is stored.
        validation_key: under which the unit issues the validation numbers of this block, and no other.
        numbers: draw numbers of the slots that are still to be sold, in order.
    """

    lease: LeasedBlock
    validation_key: bytes = attrs.field(repr=False)
    numbers: tuple[int, ...] = attrs.field(repr=False)


@attrs.frozen
class UnitService:
    """What a unit serves.

    Attributes:
        enrolment: its enrolment.
        raffle: the raffle, with its state and its close.
        packages: what units sell.
        offline: those of them that may be sold out of reach: none that has a stock, none under a cap.
        blocks: what the unit holds.
        end: the unit's chain as far as it is stored.
    """

    enrolment: Enrolment
    raffle: Raffle
    packages: tuple[Package, ...]
    offline: tuple[Package, ...]
    blocks: tuple[HeldBlock, ...]
    end: Link


@attrs.frozen
class SyncedUnit:
    """What a unit goes on with.

    Attributes:
        unit: as it stands.
        at: the system's clock, which the unit sets its own by.
        buffer_records: how many sales it may make before it has to hand them in.
        service: what it serves; None where it serves nothing.
    """

    unit: SalesUnit
    at: datetime
    buffer_records: int
    service: UnitService | None


def sync_unit(query: SyncUnit, services: Services) -> SyncedUnit:
    """The unit as it stands; secrets are told to a unit that serves, and of its own blocks only."""
    now = services.clock.now()
    with services.transactions.begin() as work:
        unit = unit_of(query.actor, work)
        enrolment = None if unit.enrolment_id is None else work.units.enrolment(unit.enrolment_id)
        served = None if enrolment is None else _service(unit, enrolment, work)
        return SyncedUnit(unit, now, services.selling.unit_buffer_records, served)


def _service(unit: SalesUnit, enrolment: Enrolment, work: Work) -> UnitService:
    raffle = work.raffles.get(enrolment.raffle_id)
    packages = tuple(
        package for package in work.raffles.packages(raffle.id) if Channel.SALES_UNIT in package.channels
    )
    return UnitService(
        enrolment=enrolment,
        raffle=raffle,
        packages=packages,
        offline=tuple(package for package in packages if not is_limited(raffle, package)),
        blocks=_blocks(unit, raffle, work),
        end=work.uploads.end(enrolment),
    )


def _blocks(unit: SalesUnit, raffle: Raffle, work: Work) -> tuple[HeldBlock, ...]:
    if not unit.may_sell:
        return ()
    keys = work.raffles.keys(raffle.id)
    numbering = numbering_of(raffle, keys)
    return tuple(
        HeldBlock(
            lease,
            block_key(keys.validation, lease.tag).secret,
            tuple(numbering.number(slot) for slot in range(lease.block.next_slot, lease.block.end_slot)),
        )
        for lease in work.blocks.holdings(raffle.id, unit.holder)
    )
