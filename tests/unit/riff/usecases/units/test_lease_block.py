from datetime import timedelta

import pytest

from riff.domain.audit.event_catalogue import EventKind
from riff.errors import RangeExhaustedError, SalesClosedError, StateRefusesError
from riff_critical.selling import Block, Channel
from tests.support.booth import Booth
from tests.support.builders import a_raffle
from tests.support.fakes import NOON


def test_leases_a_block_until_the_close() -> None:
    booth = Booth.of(a_raffle().active().on_sale(NOON, NOON + timedelta(hours=5)))
    booth.enrol()
    lease = booth.lease()
    assert (Channel.SALES_UNIT, Block(100_000, 101_000, 100_000)) == (lease.channel, lease.block)
    assert lease.expires_at == lease.sell_until == NOON + timedelta(hours=5)
    assert EventKind.BLOCK_LEASED in booth.stage.fakes.transactions.event_kinds()


def test_gives_a_unit_its_own_block_again() -> None:
    booth = Booth.selling()
    booth.sell()
    again = booth.lease()
    assert again.block == Block(100_000, 101_000, 100_010)


def test_gives_a_larger_block_for_a_longer_run() -> None:
    booth = Booth.selling()
    booth.sell()
    assert booth.lease(1_000).block == Block(101_000, 102_000, 101_000)


def test_refuses_when_no_run_of_that_length_is_left() -> None:
    booth = Booth.of(a_raffle().active().with_slots(online=10, sales_unit=20))
    booth.enrol()
    with pytest.raises(RangeExhaustedError):
        booth.lease(21)


def test_refuses_a_unit_that_is_not_active_and_a_raffle_that_does_not_sell() -> None:
    booth = Booth.of()
    with pytest.raises(StateRefusesError):
        booth.lease()
    booth.enrol()
    booth.end_sales()
    with pytest.raises(SalesClosedError):
        booth.lease()
