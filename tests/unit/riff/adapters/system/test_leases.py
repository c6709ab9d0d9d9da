"""The leases of a process."""

from datetime import timedelta
from uuid import uuid4

import attrs

from riff.adapters.system.leases import ProcessLeases
from riff.domain.audit.significant_event import StreamHead
from riff.domain.identifiers import BlockId, RaffleId
from riff.domain.sales.leased_block import LeasedBlock
from riff_critical.selling import Block, Channel
from tests.support.fakes import NOON


def a_lease(raffle_id: RaffleId) -> LeasedBlock:
    """A lease of a hundred slots."""
    later = NOON + timedelta(minutes=15)
    block = Block(first_slot=0, end_slot=100, next_slot=0)
    return LeasedBlock(
        BlockId(uuid4()), raffle_id, Channel.ONLINE, 1, block, "holder", later, later, StreamHead()
    )


def test_processes_have_names_of_their_own() -> None:
    assert ProcessLeases().holder != ProcessLeases().holder


def test_holds_one_lease_per_raffle() -> None:
    leases = ProcessLeases()
    one, other = RaffleId(uuid4()), RaffleId(uuid4())
    first, second = a_lease(one), a_lease(other)
    leases.hold(first)
    leases.hold(second)
    leases.hold(attrs.evolve(first, tag=7))
    assert (leases.held(one), leases.held(other)) == (attrs.evolve(first, tag=7), second)


def test_forgets_a_lease_whether_or_not_there_is_one() -> None:
    leases = ProcessLeases()
    raffle = RaffleId(uuid4())
    leases.hold(a_lease(raffle))
    leases.drop(raffle)
    leases.drop(raffle)
    assert leases.held(raffle) is None
