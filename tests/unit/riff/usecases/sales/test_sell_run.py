from datetime import timedelta

import attrs
import pytest

from riff.domain.accounts.actor import GUEST
from riff.domain.audit.event_catalogue import EventKind
from riff.domain.audit.significant_event import StreamHead
from riff.domain.identifiers import OrderId
from riff.domain.money import Money
from riff.domain.sales.leased_block import LeasedBlock
from riff.domain.sales.sold_order import SoldOrder
from riff.errors import RangeExhaustedError, SalesClosedError
from riff.ports.services import SellingSettings
from riff.usecases.raffles.close_sales import CloseSales, close_sales
from riff.usecases.sales.sell_run import SellRun, sell_run
from riff_critical.selling import Channel
from tests.support.builders import a_raffle
from tests.support.fakes import FakeLeases, Fakes
from tests.support.stage import Stage

SMALL_BLOCKS = SellingSettings(online_block_slots=25, online_lease_s=900, order_expiry_s=900)


def sell(stage: Stage, count: int = 10, *, by: Fakes | None = None) -> tuple[SoldOrder, LeasedBlock]:
    """Sell, commit, and keep the lease, as a settlement does."""
    fakes = by or stage.fakes
    command = SellRun(
        order_id=OrderId(fakes.identifiers.new()),
        raffle=stage.now,
        channel=Channel.ONLINE,
        package_id=stage.package.id,
        count=count,
        price=Money(2000, "CAD"),
        actor=GUEST,
        at=fakes.clock.now(),
    )
    with fakes.transactions.begin() as work:
        order, lease = sell_run(command, work, fakes.services)
    fakes.leases.hold(lease)
    return order, lease


def another_environment(fakes: Fakes) -> Fakes:
    """A second function environment over the same database and the same clock."""
    return attrs.evolve(fakes, leases=FakeLeases("environment-2"))


def test_the_first_sale_leases_a_block_and_later_ones_stay_in_it() -> None:
    stage = Stage.of()
    orders = [sell(stage)[0] for _ in range(3)]
    assert len({order.block_id for order in orders}) == 1
    kinds = stage.fakes.transactions.event_kinds()
    assert kinds == [EventKind.BLOCK_LEASED] + [EventKind.ORDER_SOLD] * 3


def test_the_lease_knows_the_end_of_its_stream() -> None:
    stage = Stage.of()
    _, lease = sell(stage)
    event = stage.fakes.transactions.events()[-1]
    assert StreamHead(2, event.digest) == lease.head


def test_a_run_that_does_not_fit_goes_to_another_block_and_the_rest_serves_a_smaller_one() -> None:
    stage = Stage.of(fakes=Fakes(selling=SMALL_BLOCKS))
    first, _ = sell(stage, 20)
    second, _ = sell(stage, 10)
    third, _ = sell(stage, 5, by=another_environment(stage.fakes))
    assert (second.first_slot, second.end_slot) == (25, 35)
    assert (first.block_id, 20, 25) == (third.block_id, third.first_slot, third.end_slot)


def test_a_run_larger_than_a_block_gets_a_block_of_its_own_size() -> None:
    stage = Stage.of(fakes=Fakes(selling=SMALL_BLOCKS))
    order, lease = sell(stage, 40)
    assert (order.first_slot, order.end_slot) == (0, 40)
    assert lease.block.slots_left == 0


def test_an_expired_lease_is_taken_over_with_what_is_left_in_it() -> None:
    stage = Stage.of()
    first, _ = sell(stage)
    other = another_environment(stage.fakes)
    stage.fakes.clock.advance(seconds=900)
    second, _ = sell(stage, by=other)
    assert (first.block_id, first.end_slot) == (second.block_id, second.first_slot)


def test_whoever_lost_the_lease_sells_from_another_block() -> None:
    stage = Stage.of()
    _, lease = sell(stage)
    other = another_environment(stage.fakes)
    stage.fakes.clock.advance(seconds=900)
    theirs, _ = sell(stage, by=other)
    stage.fakes.leases.hold(attrs.evolve(lease, expires_at=lease.expires_at + timedelta(days=1)))
    mine, _ = sell(stage)
    assert theirs.block_id != mine.block_id


def test_refuses_when_no_run_is_left_and_sells_the_rest_to_smaller_orders() -> None:
    stage = Stage.of(a_raffle().active().with_slots(online=25))
    sell(stage, 10)
    sell(stage, 10)
    with pytest.raises(RangeExhaustedError):
        sell(stage, 10)
    assert sell(stage, 5)[0].end_slot == 25


def test_refuses_after_sales_were_stopped_under_the_lease() -> None:
    stage = Stage.of()
    sell(stage)
    close_sales(CloseSales(stage.manager, stage.raffle.id, "the match ended"), stage.fakes.services)
    before = stage.fakes.transactions.events()
    with pytest.raises(SalesClosedError):
        sell(stage)
    assert before == stage.fakes.transactions.events()
