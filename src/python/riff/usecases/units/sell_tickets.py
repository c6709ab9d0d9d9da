"""Sell a package at a sales unit that is connected."""

import attrs

from riff.domain.accounts.actor import Actor
from riff.domain.checkout.checkout import RequestKey
from riff.domain.identifiers import OrderId, PackageId
from riff.domain.sales.attended_sale import Tender
from riff.errors import BlockNeededError, UnitNotUploadedError
from riff.ports.services import Services
from riff.usecases.sales.sell_attended import (
    AttendedTicket,
    SellAttended,
    offered,
    sell_attended,
    sold_before,
)
from riff.usecases.units.calling_unit import calling_unit, service_of
from riff_critical.selling import Channel


@attrs.frozen
class SellTickets:
    """What is sold at the unit.

    Attributes:
        actor: the sales unit.
        package_id: what is bought.
        tender: cash, or card by the unit's own reader.
        memory_position: how many records the unit has ever written into its critical memory.
        request: recognises the unit's retries.
    """

    actor: Actor
    package_id: PackageId
    tender: Tender
    memory_position: int
    request: RequestKey


def sell_tickets(command: SellTickets, services: Services) -> AttendedTicket:
    """The ticket, to be printed; for a request that has sold already, the same ticket.

    Raises:
        KeyReusedError: the key belongs to another request.
        StateRefusesError: the unit is not active.
        SalesClosedError, PackageNotOnSaleError: it cannot be sold now.
        NotFoundError: there is no such package.
        UnitNotUploadedError: the unit made sales out of reach that it has not handed in.
        BlockNeededError: the unit holds no block with room for it.
        LeaseLostError: sales were stopped under the unit.
        StockExhaustedError, SalesCapReachedError: a limit of the raffle refuses it.
    """
    now = services.clock.now()
    with services.transactions.begin() as work:
        # Held first, so that a retry finds what the first attempt sold.
        unit = calling_unit(command.actor, work)
        known = sold_before(command.request, work)
        if known is not None:
            return known
        enrolment = service_of(unit, work)
        # What was sold out of reach comes first: it has taken the next numbers already.
        stored = work.uploads.end(enrolment).position
        if stored != command.memory_position:
            raise UnitNotUploadedError("Hand in the sales made out of reach first.", stored=stored)
        raffle = work.raffles.get(enrolment.raffle_id)
        raffle.require_selling(now)
        package, price = offered(command.package_id, raffle, Channel.SALES_UNIT, now, work)
        lease = work.blocks.held(raffle.id, unit.holder, package.numbers, now)
        if lease is None:
            raise BlockNeededError("Lease a block with room for this first.", numbers=package.numbers)
        sale = SellAttended(
            order_id=OrderId(services.identifiers.new()),
            raffle=raffle,
            package=package,
            price=price,
            channel=Channel.SALES_UNIT,
            actor=command.actor,
            seller=enrolment.seller,
            enrolment_id=enrolment.id,
            tender=command.tender,
            reason=None,
            at=now,
            request=command.request,
        )
        return sell_attended(sale, lease, work)[0]
