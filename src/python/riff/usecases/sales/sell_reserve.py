"""Sell or assign numbers from the reserve, with a reason."""

from typing import Final

import attrs

from riff.domain.accounts.actor import Actor
from riff.domain.checkout.checkout import RequestKey
from riff.domain.identifiers import BlockId, OrderId, PackageId, RaffleId
from riff.domain.sales.attended_sale import Tender
from riff.domain.sales.leased_block import LeaseRequest
from riff.ports.services import Services
from riff.usecases.sales.sell_attended import (
    AttendedTicket,
    SellAttended,
    offered,
    sell_attended,
    sold_before,
)
from riff.usecases.sales.take_lease import take_lease
from riff_critical.selling import Channel

# Staff of a raffle sell from the same blocks, one at a time: the lock of the raffle keeps them apart.
HOLDER: Final = "reserve"
# Few are sold, so a block is small and little of the range lies in blocks that are never sold out.
_BLOCK_SLOTS: Final = 100


@attrs.frozen
class SellReserve:
    """What `actor` sells from the reserve.

    Attributes:
        actor: a member of staff, who takes the money.
        raffle_id: the raffle.
        package_id: what is sold.
        tender: how it is paid; `prepaid` assigns the numbers for money that was received before.
        reason: why from the reserve.
        request: recognises the retries of the member of staff.
    """

    actor: Actor
    raffle_id: RaffleId
    package_id: PackageId
    tender: Tender
    reason: str
    request: RequestKey


def sell_reserve(command: SellReserve, services: Services) -> AttendedTicket:
    """The ticket, whose cash is counted with the member of staff; a request that has sold gets it again.

    Raises:
        NotFoundError, NotPermittedError: no such raffle or package, or the actor may not sell the reserve.
        KeyReusedError: the key belongs to another request.
        SalesClosedError, PackageNotOnSaleError: it cannot be sold now.
        RangeExhaustedError: the reserve has no run of that length left.
        StockExhaustedError, SalesCapReachedError: a limit of the raffle refuses it.
    """
    now = services.clock.now()
    with services.transactions.begin() as work:
        raffle = work.raffles.lock(command.raffle_id)
        command.actor.require("reserve:sell", raffle.organization_id)
        known = sold_before(command.request, work)
        if known is not None:
            return known
        raffle.require_selling(now)
        package, price = offered(command.package_id, raffle, Channel.RESERVE, now, work)
        lease = work.blocks.held(raffle.id, HOLDER, package.numbers, now) or take_lease(
            LeaseRequest(
                raffle_id=raffle.id,
                channel=Channel.RESERVE,
                holder=HOLDER,
                count=package.numbers,
                block_slots=_BLOCK_SLOTS,
                block_id=BlockId(services.identifiers.new()),
                at=now,
                expires_at=raffle.window.closes_at,
            ),
            work,
        )
        sale = SellAttended(
            order_id=OrderId(services.identifiers.new()),
            raffle=raffle,
            package=package,
            price=price,
            channel=Channel.RESERVE,
            actor=command.actor,
            seller=command.actor.label,
            enrolment_id=None,
            tender=command.tender,
            reason=command.reason,
            at=now,
            request=command.request,
        )
        return sell_attended(sale, lease, work)[0]
