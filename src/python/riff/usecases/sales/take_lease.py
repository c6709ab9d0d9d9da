"""Lease a block and put it on record.  Part of the sales of every channel."""

import attrs

from riff.domain.audit.event_catalogue import EventKind
from riff.domain.sales.leased_block import LeasedBlock, LeaseRequest
from riff.ports.stores import Work


def take_lease(wanted: LeaseRequest, work: Work) -> LeasedBlock:
    """The lease, with its event stored.

    Raises:
        NotFoundError: there is no such raffle.
        SalesClosedError: the raffle is not active.
        RangeExhaustedError: no run of that length is left.
    """
    fresh = work.blocks.lease(wanted)
    head = work.events.append(
        fresh.stream,
        EventKind.BLOCK_LEASED,
        wanted.at,
        f"seller:{fresh.holder}",
        {
            "raffle": str(fresh.raffle_id),
            "channel": fresh.channel.value,
            "first_slot": fresh.block.first_slot,
            "end_slot": fresh.block.end_slot,
            "next_slot": fresh.block.next_slot,
        },
    )
    return attrs.evolve(fresh, head=head)
