"""The contracts of `BlockStore` and `OrderStore`."""

from datetime import timedelta
from uuid import uuid4

import attrs
import pytest

from riff.domain.identifiers import OrderId, RaffleId
from riff.domain.raffles.raffle import Raffle
from riff.domain.sales.leased_block import LeasedBlock
from riff.domain.sales.sold_order import OrderVoid, SalesSubtotal, SoldOrder
from riff.errors import (
    AlreadyVoidedError,
    LeaseLostError,
    NotFoundError,
    RangeExhaustedError,
    SalesClosedError,
)
from riff_critical.lifecycle import RaffleState
from riff_critical.selling import Block, Channel, Subtotal
from tests.support.builders import a_lease_request, a_raffle, a_sale, an_order
from tests.support.builders.raffles import FAR_CLOSE
from tests.support.builders.sales import sale_event
from tests.support.contracts import Stores, undone
from tests.support.fakes import NOON

LATER = NOON + timedelta(hours=1)


def sell(
    stores: Stores, lease: LeasedBlock, numbers: int = 10, price_minor: int = 2000, **changes: object
) -> LeasedBlock:
    """Sell one order in a transaction of its own; the lease after it."""
    with stores.critical.begin() as work:
        return a_sale(work, lease, numbers, price_minor, **changes)[1]


def subtotal(stores: Stores, raffle: Raffle) -> SalesSubtotal:
    with stores.reader.begin() as work:
        return work.blocks.subtotal(raffle.id)


class BlockStoreContract:
    def test_cuts_blocks_that_adjoin(self, stores: Stores) -> None:
        raffle = stores.raffle(a_raffle().active().with_slots(online=2500))
        blocks = [stores.lease(raffle, f"environment-{n}") for n in range(3)]
        assert [Block(0, 1000, 0), Block(1000, 2000, 1000), Block(2000, 2500, 2000)] == [
            lease.block for lease in blocks
        ]
        assert [lease.tag for lease in blocks] == [0, 1, 2]

    def test_says_what_was_leased_and_until_when(self, stores: Stores) -> None:
        raffle = stores.raffle()
        request = a_lease_request(raffle.id)
        with stores.critical.begin() as work:
            lease = work.blocks.lease(request)
        assert request.block_id == lease.id
        assert (raffle.id, Channel.ONLINE, "environment-1") == (lease.raffle_id, lease.channel, lease.holder)
        assert (request.expires_at, raffle.window.closes_at) == (lease.expires_at, lease.sell_until)
        assert lease.head.sequence == 0

    def test_numbers_the_blocks_of_all_channels_together(self, stores: Stores) -> None:
        raffle = stores.raffle(a_raffle().active().with_slots(online=5000, sales_unit=5000))
        online = stores.lease(raffle, "environment-1")
        unit = stores.lease(raffle, "unit-1", channel=Channel.SALES_UNIT)
        assert (online.tag, unit.tag) == (0, 1)
        assert unit.block == Block(5000, 6000, 5000)

    def test_cuts_a_block_as_long_as_the_order(self, stores: Stores) -> None:
        raffle = stores.raffle()
        assert stores.lease(raffle, count=700, block_slots=100).block == Block(0, 700, 0)

    def test_gives_the_holder_its_own_block_again(self, stores: Stores) -> None:
        raffle = stores.raffle()
        lease = sell(stores, stores.lease(raffle))
        again = stores.lease(raffle, expires_at=LATER)
        assert (lease.id, lease.block, LATER) == (again.id, again.block, again.expires_at)
        assert again.head == lease.head

    def test_takes_over_an_expired_lease_where_it_stopped(self, stores: Stores) -> None:
        raffle = stores.raffle()
        lease = sell(stores, stores.lease(raffle))
        taken = stores.lease(raffle, "environment-2", at=lease.expires_at, expires_at=LATER)
        assert (lease.id, lease.block, lease.head) == (taken.id, taken.block, taken.head)
        assert taken.holder == "environment-2"

    def test_leaves_a_lease_alone_until_it_expires(self, stores: Stores) -> None:
        raffle = stores.raffle()
        lease = stores.lease(raffle)
        early = lease.expires_at - timedelta(microseconds=1)
        other = stores.lease(raffle, "environment-2", at=early, expires_at=LATER)
        assert other.id != lease.id

    def test_takes_over_a_released_lease_at_once(self, stores: Stores) -> None:
        raffle = stores.raffle()
        lease = stores.lease(raffle)
        with stores.critical.begin() as work:
            work.blocks.release(lease, NOON)
        assert stores.lease(raffle, "environment-2").id == lease.id

    def test_releases_nothing_that_another_holds_by_now(self, stores: Stores) -> None:
        raffle = stores.raffle()
        lease = stores.lease(raffle)
        taken = stores.lease(raffle, "environment-2", at=lease.expires_at, expires_at=LATER)
        with stores.critical.begin() as work:
            work.blocks.release(lease, LATER)
        assert sell(stores, taken).block.next_slot == 10

    def test_leaves_the_rest_of_a_block_to_smaller_orders(self, stores: Stores) -> None:
        raffle = stores.raffle(a_raffle().active().with_slots(online=2000))
        lease = sell(stores, stores.lease(raffle), numbers=995)
        with stores.critical.begin() as work:
            work.blocks.release(lease, NOON)
        large = stores.lease(raffle, "environment-2", count=6)
        small = stores.lease(raffle, "environment-3", count=5)
        assert (Block(1000, 2000, 1000), Block(0, 1000, 995)) == (large.block, small.block)

    def test_takes_over_nothing_of_another_channel(self, stores: Stores) -> None:
        raffle = stores.raffle(a_raffle().active().with_slots(online=1000, sales_unit=1000))
        lease = stores.lease(raffle)
        unit = stores.lease(
            raffle, "unit-1", channel=Channel.SALES_UNIT, at=lease.expires_at, expires_at=LATER
        )
        assert unit.block == Block(1000, 2000, 1000)

    def test_refuses_when_no_run_of_that_length_is_left(self, stores: Stores) -> None:
        raffle = stores.raffle(a_raffle().active().with_slots(online=1005))
        stores.lease(raffle, "environment-1")
        with pytest.raises(RangeExhaustedError):
            stores.lease(raffle, "environment-2", count=6)
        assert stores.lease(raffle, "environment-2", count=5).block == Block(1000, 1005, 1000)
        with pytest.raises(RangeExhaustedError):
            stores.lease(raffle, "environment-3", count=1)

    def test_refuses_a_channel_without_range(self, stores: Stores) -> None:
        raffle = stores.raffle(a_raffle().active().with_slots(online=1000))
        with pytest.raises(RangeExhaustedError):
            stores.lease(raffle, channel=Channel.RESERVE)

    @pytest.mark.parametrize("state", [state for state in RaffleState if state is not RaffleState.ACTIVE])
    def test_leases_only_of_active_raffles(self, stores: Stores, state: RaffleState) -> None:
        raffle = stores.raffle(a_raffle().in_state(state))
        with pytest.raises(SalesClosedError):
            stores.lease(raffle)

    def test_leases_of_no_unknown_raffle(self, stores: Stores) -> None:
        with stores.critical.begin() as work, pytest.raises(NotFoundError):
            work.blocks.lease(a_lease_request(RaffleId(uuid4())))

    def test_sells_nothing_once_stopped(self, stores: Stores) -> None:
        raffle = stores.raffle()
        lease = sell(stores, stores.lease(raffle))
        with stores.critical.begin() as work:
            work.blocks.stop(work.raffles.lock(raffle.id).id)
        with pytest.raises(LeaseLostError):
            sell(stores, lease)
        assert subtotal(stores, raffle).orders == 1

    def test_stops_no_other_raffle(self, stores: Stores) -> None:
        raffle, other = stores.raffle(), stores.raffle()
        lease = stores.lease(other)
        with stores.critical.begin() as work:
            work.blocks.stop(work.raffles.lock(raffle.id).id)
        assert sell(stores, lease).block.next_slot == 10

    def test_adds_up_the_blocks_of_a_raffle(self, stores: Stores) -> None:
        raffle, other = stores.raffle(), stores.raffle()
        assert subtotal(stores, raffle) == SalesSubtotal()
        sell(stores, sell(stores, stores.lease(raffle, "environment-1")), numbers=3, price_minor=1000)
        sell(stores, stores.lease(raffle, "environment-2"), numbers=100, price_minor=5000)
        sell(stores, stores.lease(other))
        assert subtotal(stores, raffle) == SalesSubtotal(orders=3, subtotal=Subtotal(113, 8000, 0, 0))

    def test_a_paused_raffle_sells_nothing_until_it_is_unpaused(self, stores: Stores) -> None:
        raffle = stores.raffle()
        lease = sell(stores, stores.lease(raffle))
        with stores.critical.begin() as work:
            work.blocks.pause(work.raffles.lock(raffle.id).id)
        with pytest.raises(LeaseLostError):
            sell(stores, lease)
        with stores.critical.begin() as work:
            work.blocks.unpause(work.raffles.lock(raffle.id).id)
        assert sell(stores, lease).block.next_slot == 20

    def test_a_block_that_was_stopped_is_not_unpaused(self, stores: Stores) -> None:
        raffle = stores.raffle()
        lease = stores.lease(raffle)
        with stores.critical.begin() as work:
            work.raffles.lock(raffle.id)
            work.blocks.stop(raffle.id)
            work.blocks.pause(raffle.id)
            work.blocks.unpause(raffle.id)
        with pytest.raises(LeaseLostError):
            sell(stores, lease)

    def test_an_extension_moves_the_end_of_blocks_and_of_leases_beside_the_online_channel(
        self, stores: Stores
    ) -> None:
        close, later = FAR_CLOSE - timedelta(hours=1), FAR_CLOSE
        raffle = stores.raffle(a_raffle().active().on_sale(NOON, close))
        online = stores.lease(raffle)
        unit = stores.lease(raffle, "unit-1", channel=Channel.SALES_UNIT, expires_at=close)
        with stores.critical.begin() as work:
            work.raffles.lock(raffle.id)
            work.blocks.extend(raffle.id, close, later)
        for lease in (online, unit):
            assert sell(stores, lease).block.slots_left == lease.block.slots_left - 10
        again = [stores.lease(raffle), stores.lease(raffle, "unit-1", channel=Channel.SALES_UNIT)]
        assert [(lease.id, lease.sell_until) for lease in again] == [(online.id, later), (unit.id, later)]
        other = stores.lease(raffle, "unit-2", channel=Channel.SALES_UNIT, at=close, expires_at=later)
        assert other.id != unit.id


class OrderStoreContract:
    def test_finds_an_order_by_block_and_ordinal(self, stores: Stores) -> None:
        raffle, other = stores.raffle(), stores.raffle()
        lease = sell(stores, stores.lease(raffle))
        with stores.critical.begin() as work:
            order, _ = a_sale(work, lease)
        with stores.reader.begin() as work:
            assert work.orders.at(raffle.id, lease.tag, 10) == order
            for raffle_id, tag, ordinal in (
                (raffle.id, lease.tag, 11),
                (raffle.id, lease.tag + 1, 10),
                (raffle.id, lease.tag, 10**9 - 1),
                (other.id, lease.tag, 10),
            ):
                with pytest.raises(NotFoundError):
                    work.orders.at(raffle_id, tag, ordinal)

    def test_gives_an_order_as_it_was_sold(self, stores: Stores) -> None:
        raffle = stores.raffle()
        lease = sell(stores, stores.lease(raffle))
        with stores.critical.begin() as work:
            order, _ = a_sale(work, lease, numbers=7, price_minor=1500)
        with stores.reader.begin() as work:
            assert work.orders.get(order.id) == order

    def test_refuses_an_unknown_order(self, stores: Stores) -> None:
        with stores.reader.begin() as work, pytest.raises(NotFoundError):
            work.orders.get(OrderId(uuid4()))

    def test_finds_the_order_that_holds_a_slot(self, stores: Stores) -> None:
        raffle = stores.raffle(a_raffle().active().with_slots(online=2500))
        for block in range(2):
            lease = sell(stores, stores.lease(raffle, f"environment-{block}"), numbers=10)
            sell(stores, lease, numbers=5)
        with stores.reader.begin() as work:
            found = [work.orders.holding(raffle.id, slot) for slot in (0, 9, 10, 14, 1000, 1012)]
        assert [(order.block_tag, order.first_slot, order.end_slot) for order in found if order] == [
            *((0, 0, 10), (0, 0, 10), (0, 10, 15), (0, 10, 15)),
            *((1, 1000, 1010), (1, 1010, 1015)),
        ]

    @pytest.mark.parametrize("slot", [15, 999, 1000, 2499, 2500, 10**9])
    def test_finds_nothing_where_nothing_was_sold(self, stores: Stores, slot: int) -> None:
        raffle = stores.raffle(a_raffle().active().with_slots(online=2500))
        other = stores.raffle(a_raffle().active().with_slots(online=2500))
        sell(stores, stores.lease(other), numbers=1000)
        lease = sell(stores, stores.lease(raffle), numbers=10)
        sell(stores, lease, numbers=5)
        with stores.reader.begin() as work:
            assert work.orders.holding(raffle.id, slot) is None

    def test_sells_a_block_to_its_last_number(self, stores: Stores) -> None:
        raffle = stores.raffle(a_raffle().active().with_slots(online=30))
        lease = stores.lease(raffle)
        for _ in range(3):
            lease = sell(stores, lease)
        assert lease.block == Block(0, 30, 30)
        with pytest.raises(RangeExhaustedError):
            stores.lease(raffle, "environment-2", count=1, at=LATER, expires_at=LATER + timedelta(hours=1))

    def test_refuses_a_stale_copy_of_the_lease(self, stores: Stores) -> None:
        raffle = stores.raffle()
        lease = stores.lease(raffle)
        sell(stores, lease)
        with pytest.raises(LeaseLostError):
            sell(stores, lease)
        assert subtotal(stores, raffle).orders == 1

    def test_refuses_the_holder_before(self, stores: Stores) -> None:
        raffle = stores.raffle()
        lease = stores.lease(raffle)
        stores.lease(raffle, "environment-2", at=lease.expires_at, expires_at=LATER)
        with pytest.raises(LeaseLostError):
            sell(stores, lease)

    def test_refuses_a_released_lease(self, stores: Stores) -> None:
        raffle = stores.raffle()
        lease = stores.lease(raffle)
        with stores.critical.begin() as work:
            work.blocks.release(lease, LATER)
        with pytest.raises(LeaseLostError):
            sell(stores, lease)

    def test_sells_until_the_lease_expires_and_not_then(self, stores: Stores) -> None:
        raffle = stores.raffle()
        lease = stores.lease(raffle)
        lease = sell(stores, lease, sold_at=lease.expires_at - timedelta(microseconds=1))
        with pytest.raises(LeaseLostError):
            sell(stores, lease, sold_at=lease.expires_at)

    def test_sells_until_the_close_and_not_then(self, stores: Stores) -> None:
        raffle = stores.raffle()
        closes_at = raffle.window.closes_at
        lease = stores.lease(raffle, expires_at=closes_at + timedelta(hours=1))
        lease = sell(stores, lease, sold_at=closes_at - timedelta(microseconds=1))
        with pytest.raises(LeaseLostError):
            sell(stores, lease, sold_at=closes_at)

    def test_refuses_an_order_longer_than_the_rest_of_the_block(self, stores: Stores) -> None:
        raffle = stores.raffle()
        lease = stores.lease(raffle)
        with pytest.raises(LeaseLostError):
            sell(stores, lease, numbers=1001)
        assert subtotal(stores, raffle) == SalesSubtotal()

    def test_refuses_a_stream_that_went_on(self, stores: Stores) -> None:
        """A copy that knows the block's next slot and not the end of its stream is stale as well."""
        raffle = stores.raffle()
        lease = stores.lease(raffle)
        after = sell(stores, lease)
        with pytest.raises(LeaseLostError):
            sell(stores, attrs.evolve(after, head=lease.head))
        assert subtotal(stores, raffle).orders == 1

    def test_leaves_the_transaction_usable_when_it_refuses(self, stores: Stores) -> None:
        raffle = stores.raffle()
        lease = stores.lease(raffle)
        after = sell(stores, lease)
        with stores.critical.begin() as work:
            with pytest.raises(LeaseLostError):
                a_sale(work, lease)
            with pytest.raises(LeaseLostError):
                a_sale(work, attrs.evolve(after, head=lease.head))
            fresh = work.blocks.lease(a_lease_request(raffle.id))
            a_sale(work, fresh)
        assert subtotal(stores, raffle).orders == 2

    def test_sells_nothing_when_the_transaction_fails(self, stores: Stores) -> None:
        raffle = stores.raffle()
        lease = stores.lease(raffle)
        order = an_order(lease)
        with undone(stores.critical) as work:
            work.orders.sell(order, lease, sale_event(order, lease))
        with stores.reader.begin() as work, pytest.raises(NotFoundError):
            work.orders.get(order.id)
        assert sell(stores, lease).block.next_slot == 10

    def test_voids_an_order_once(self, stores: Stores) -> None:
        raffle = stores.raffle()
        order, void = _voided(stores, raffle)
        with stores.reader.begin() as work:
            assert work.orders.void_of(order.id) == void
        with stores.critical.begin() as work, pytest.raises(AlreadyVoidedError):
            work.orders.void(order, void)
        assert subtotal(stores, raffle) == SalesSubtotal(2, 1, Subtotal(20, 4000, 10, 2000))

    def test_gives_no_void_of_a_valid_order(self, stores: Stores) -> None:
        with stores.critical.begin() as work:
            order, _ = a_sale(work, stores.lease(stores.raffle()))
            assert work.orders.void_of(order.id) is None

    def test_sells_voided_numbers_never_again(self, stores: Stores) -> None:
        raffle = stores.raffle()
        _voided(stores, raffle)
        again = stores.lease(raffle, "environment-2", at=LATER, expires_at=LATER + timedelta(hours=1))
        assert again.block.next_slot == 20


def _voided(stores: Stores, raffle: Raffle) -> tuple[SoldOrder, OrderVoid]:
    """The first of two orders, voided."""
    with stores.critical.begin() as work:
        order, lease = a_sale(work, work.blocks.lease(a_lease_request(raffle.id)))
        a_sale(work, lease)
    void = OrderVoid(order.id, "bought twice", "staff:kim", NOON)
    with stores.critical.begin() as work:
        work.orders.void(order, void)
    return order, void
