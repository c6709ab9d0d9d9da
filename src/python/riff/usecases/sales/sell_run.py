"""Sell a run of numbers from the block that this process has leased.  Part of the sales of every channel."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

import attrs

from riff.domain.accounts.actor import Actor
from riff.domain.audit.event_catalogue import EventKind
from riff.domain.audit.significant_event import Fact, next_event
from riff.domain.identifiers import BlockId, OrderId, PackageId
from riff.domain.money import Money
from riff.domain.raffles.raffle import Raffle
from riff.domain.sales.leased_block import LeasedBlock, LeaseRequest
from riff.domain.sales.sold_order import SoldOrder
from riff.errors import LeaseLostError, UnavailableError
from riff.ports.services import Services
from riff.ports.stores import Work
from riff.usecases.sales.take_lease import take_lease
from riff_critical.selling import Channel, issue

# A lease is lost when another seller took the block over, or when sales were stopped under it.  Losing a
# fresh one as well needs two such events within one request.
_ATTEMPTS = 3
_NO_MORE: Final[Mapping[str, Fact]] = MappingProxyType({})


@attrs.frozen
class SellRun:
    """What is sold, to be written in the caller's transaction.

    Attributes:
        order_id: name of the order.
        raffle: the raffle, which the caller has found to be selling.
        channel: whose range the numbers come from.
        package_id: what was bought.
        count: how many numbers that is.
        price: what was paid.
        actor: who sells.
        at: the instant of the sale.
    """

    order_id: OrderId
    raffle: Raffle
    channel: Channel
    package_id: PackageId
    count: int
    price: Money
    actor: Actor
    at: datetime


def sell_run(command: SellRun, work: Work, services: Services) -> tuple[SoldOrder, LeasedBlock]:
    """Write the sale; the order, and the lease to hold once the caller's transaction has committed.

    Raises:
        SalesClosedError: sales were stopped meanwhile.
        RangeExhaustedError: no run of that length is left.
        UnavailableError: leases were lost again and again; nothing was sold.
    """
    lease = services.leases.held(command.raffle.id)
    for _ in range(_ATTEMPTS):
        lease = _serving(lease, command, work, services)
        try:
            return sell_from(lease, command, work)
        except LeaseLostError:
            lease = None
    raise UnavailableError("The numbers could not be issued just now; repeat the request.")


def _serving(lease: LeasedBlock | None, command: SellRun, work: Work, services: Services) -> LeasedBlock:
    if lease is not None and lease.serves(command.count, command.at):
        return lease
    if lease is not None:
        work.blocks.release(lease, command.at)
    settings = services.selling
    return take_lease(
        LeaseRequest(
            raffle_id=command.raffle.id,
            channel=command.channel,
            holder=services.leases.holder,
            count=command.count,
            block_slots=settings.online_block_slots,
            block_id=BlockId(services.identifiers.new()),
            at=command.at,
            expires_at=command.at + timedelta(seconds=settings.online_lease_s),
        ),
        work,
    )


def sell_from(
    lease: LeasedBlock,
    command: SellRun,
    work: Work,
    facts: Mapping[str, Fact] = _NO_MORE,
    *,
    out_of_reach: bool = False,
) -> tuple[SoldOrder, LeasedBlock]:
    """Write the sale from a lease that holds enough; the order, and the lease after it.

    Args:
        lease: the lease as its holder knows it.
        command: what is sold.
        work: the caller's transaction.
        facts: what the event tells beside what every sale's event tells.
        out_of_reach: whether the sale was made before, by a unit that could not tell of it then.

    Raises:
        LeaseLostError: the block has moved on, was taken over, or sells no more; nothing was written.
    """
    run, rest = issue(lease.block, command.count)
    order = SoldOrder(
        id=command.order_id,
        raffle_id=command.raffle.id,
        block_id=lease.id,
        block_tag=lease.tag,
        channel=command.channel,
        ordinal=run.ordinal,
        first_slot=run.first_slot,
        end_slot=run.end_slot,
        package_id=command.package_id,
        price=command.price,
        seller=command.actor.label,
        sold_at=command.at,
    )
    event = next_event(
        lease.head,
        lease.stream,
        EventKind.ORDER_SOLD,
        command.at,
        command.actor.label,
        {
            "order": str(order.id),
            "first_slot": order.first_slot,
            "end_slot": order.end_slot,
            "package": str(order.package_id),
            "price": order.price.minor,
            "currency": order.price.currency,
            **facts,
        },
    )
    (work.uploads if out_of_reach else work.orders).sell(order, lease, event)
    return order, attrs.evolve(lease, block=rest, head=event.head)
