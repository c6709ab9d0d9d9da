"""Leases, orders and online orders."""

from datetime import datetime, timedelta
from uuid import uuid4

import attrs

from riff.domain.audit.event_catalogue import EventKind
from riff.domain.audit.significant_event import Fact, SignificantEvent, next_event
from riff.domain.checkout.checkout import Buyer, Checkout, RequestKey
from riff.domain.identifiers import BlockId, OrderId, PackageId, RaffleId
from riff.domain.money import Money
from riff.domain.sales.leased_block import LeasedBlock, LeaseRequest
from riff.domain.sales.sold_order import SoldOrder
from riff.ports.stores import Work
from riff_critical.lifecycle import OrderState
from riff_critical.selling import Block, Channel
from tests.support.builders.changes import changed
from tests.support.builders.raffles import CURRENCY
from tests.support.fakes.world import NOON


def a_lease_request(raffle_id: RaffleId, holder: str = "environment-1", **changes: object) -> LeaseRequest:
    """Ten numbers of the online channel, from a block of a thousand, from noon for a quarter of an hour."""
    request = LeaseRequest(
        raffle_id,
        Channel.ONLINE,
        holder,
        count=10,
        block_slots=1000,
        block_id=BlockId(uuid4()),
        at=NOON,
        expires_at=NOON + timedelta(minutes=15),
    )
    return changed(request, changes)


def an_order(lease: LeasedBlock, numbers: int = 10, price_minor: int = 2000, **changes: object) -> SoldOrder:
    """The next order of a leased block."""
    first = lease.block.next_slot
    order = SoldOrder(
        OrderId(uuid4()),
        lease.raffle_id,
        lease.id,
        lease.tag,
        lease.channel,
        ordinal=first - lease.block.first_slot,
        first_slot=first,
        end_slot=first + numbers,
        package_id=PackageId(uuid4()),
        price=Money(price_minor, CURRENCY),
        seller="guest:guest",
        sold_at=NOON,
    )
    return changed(order, changes)


def sale_event(order: SoldOrder, lease: LeasedBlock) -> SignificantEvent:
    """The event of an order, at the end of its block's stream."""
    facts: dict[str, Fact] = {
        "order": str(order.id),
        "first_slot": order.first_slot,
        "end_slot": order.end_slot,
        "package": str(order.package_id),
        "price": order.price.minor,
        "currency": order.price.currency,
    }
    return next_event(lease.head, lease.stream, EventKind.ORDER_SOLD, order.sold_at, order.seller, facts)


def after_sale(order: SoldOrder, lease: LeasedBlock, event: SignificantEvent) -> LeasedBlock:
    """The lease as its holder knows it once the sale is stored."""
    block = Block(lease.block.first_slot, lease.block.end_slot, next_slot=order.end_slot)
    return attrs.evolve(lease, block=block, head=event.head)


def a_sale(
    work: Work, lease: LeasedBlock, numbers: int = 10, price_minor: int = 2000, **changes: object
) -> tuple[SoldOrder, LeasedBlock]:
    """Sell the next order of a lease: the order, and the lease after it."""
    order = an_order(lease, numbers, price_minor, **changes)
    event = sale_event(order, lease)
    work.orders.sell(order, lease, event)
    return order, after_sale(order, lease, event)


def a_checkout(raffle_id: RaffleId, at: datetime = NOON, **changes: object) -> Checkout:
    """An online order that awaits its payment."""
    checkout = Checkout(
        OrderId(uuid4()),
        raffle_id,
        PackageId(uuid4()),
        numbers=10,
        price=Money(2000, CURRENCY),
        buyer=Buyer("Robin Buyer", "robin@example.org"),
        request=RequestKey("create_online_order:guest", str(uuid4()), b"d" * 32),
        state=OrderState.PENDING,
        opened_at=at,
        expires_at=at + timedelta(minutes=15),
    )
    return changed(checkout, changes)
