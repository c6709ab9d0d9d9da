"""POST /units/me/blocks: lease a block of numbers to the calling sales unit."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

import attrs

from riff.domain.sales.leased_block import LeasedBlock
from riff.handlers._runtime.http import Caller, Ok, Request, endpoint
from riff.handlers._runtime.limits import Between
from riff.usecases.units.lease_block import LeaseBlock, lease_block
from riff.wiring import services


@attrs.frozen
class LeaseBlockBody:
    """How long a run must fit into the block."""

    numbers: Annotated[int, Between(1, 1_000)]


@attrs.frozen
class LeaseReply:
    """A block of the unit: slots from `next_slot` on are still to be sold, until `sell_until`."""

    block_id: UUID
    raffle_id: UUID
    tag: int
    first_slot: int
    end_slot: int
    next_slot: int
    sell_until: datetime

    @classmethod
    def of(cls, lease: LeasedBlock) -> Self:
        """The block as the unit holds it."""
        block = lease.block
        return cls(
            block_id=lease.id,
            raffle_id=lease.raffle_id,
            tag=lease.tag,
            first_slot=block.first_slot,
            end_slot=block.end_slot,
            next_slot=block.next_slot,
            sell_until=lease.sell_until,
        )


@endpoint(body=LeaseBlockBody, caller=Caller.UNIT, idempotent=True)
def handler(request: Request[LeaseBlockBody]) -> Ok[LeaseReply]:
    """Answer with the block."""
    command = LeaseBlock(actor=request.actor, numbers=request.body.numbers)
    return Ok(LeaseReply.of(lease_block(command, services())))
