"""Lease a block of numbers to a sales unit.

The lease lasts until the close.  It is never taken over before the unit gives it back, whatever the clock
says: a unit that is out of reach may be selling from it.
"""

import attrs

from riff.domain.accounts.actor import Actor
from riff.domain.identifiers import BlockId
from riff.domain.sales.leased_block import LeasedBlock, LeaseRequest
from riff.ports.services import Services
from riff.usecases.sales.take_lease import take_lease
from riff.usecases.units.calling_unit import calling_unit, service_of
from riff_critical.selling import Channel


@attrs.frozen
class LeaseBlock:
    """How long a run must fit into the block that the unit asks for."""

    actor: Actor
    numbers: int


def lease_block(command: LeaseBlock, services: Services) -> LeasedBlock:
    """A block of the unit: one that it holds already, one that another unit gave back, or a new one.

    Raises:
        StateRefusesError: the unit is not active.
        SalesClosedError: the raffle sells nothing now.
        RangeExhaustedError: no run of that length is left.
    """
    now = services.clock.now()
    with services.transactions.begin() as work:
        unit = calling_unit(command.actor, work)
        raffle = work.raffles.get(service_of(unit, work).raffle_id)
        raffle.require_selling(now)
        wanted = LeaseRequest(
            raffle_id=raffle.id,
            channel=Channel.SALES_UNIT,
            holder=unit.holder,
            count=command.numbers,
            block_slots=services.selling.unit_block_slots,
            block_id=BlockId(services.identifiers.new()),
            at=now,
            expires_at=raffle.window.closes_at,
        )
        return take_lease(wanted, work)
