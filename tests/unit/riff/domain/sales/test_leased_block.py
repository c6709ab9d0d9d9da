from datetime import timedelta
from uuid import uuid4

import attrs
import pytest

from riff.domain.audit.significant_event import StreamHead
from riff.domain.identifiers import BlockId, RaffleId
from riff.domain.sales.leased_block import LeasedBlock
from riff_critical.selling import Block, Channel
from tests.support.fakes import NOON

QUARTER = timedelta(minutes=15)


def lease() -> LeasedBlock:
    return LeasedBlock(
        id=BlockId(uuid4()),
        raffle_id=RaffleId(uuid4()),
        channel=Channel.ONLINE,
        tag=0,
        block=Block(0, 100, 90),
        holder="environment-1",
        expires_at=NOON + QUARTER,
        sell_until=NOON + 2 * QUARTER,
        head=StreamHead(),
    )


@pytest.mark.parametrize(("count", "serves"), [(1, True), (10, True), (11, False)])
def test_serves_runs_that_fit(*, count: int, serves: bool) -> None:
    assert serves is lease().serves(count, NOON)


def test_serves_nothing_from_its_expiry_on() -> None:
    assert not lease().serves(1, NOON + QUARTER)


def test_serves_nothing_from_the_close_on() -> None:
    held = attrs.evolve(lease(), expires_at=NOON + 4 * QUARTER)
    assert held.serves(1, NOON + 2 * QUARTER - timedelta(microseconds=1))
    assert not held.serves(1, NOON + 2 * QUARTER)


def test_its_stream_is_the_blocks() -> None:
    held = lease()
    assert held.id == held.stream
