"""Sell a package at a sales unit that is connected."""

import attrs

from riff.domain.accounts.actor import Actor
from riff.domain.identifiers import OrderId, PackageId
from riff.domain.sales.attended_sale import Tender
from riff.errors import BlockNeededError
from riff.ports.services import Services
from riff.usecases.sales.sell_attended import AttendedTicket, SellAttended, offered, sell_attended
from riff.usecases.units.calling_unit import calling_unit, service_of
from riff_critical.selling import Channel


@attrs.frozen
class SellTickets:
    """What is sold at the unit.

    Attributes:
        actor: the sales unit.
        package_id: what is bought.
        tender: cash, or card by the unit's own reader.
    """

    actor: Actor
    package_id: PackageId
    tender: Tender


def sell_tickets(command: SellTickets, services: Services) -> AttendedTicket:
    """The ticket, to be printed.

    Raises:
        StateRefusesError: the unit is not active.
        SalesClosedError, PackageNotOnSaleError: it cannot be sold now.
        NotFoundError: there is no such package.
        BlockNeededError: the unit holds no block with room for it.
        LeaseLostError: sales were stopped under the unit.
        StockExhaustedError, SalesCapReachedError: a limit of the raffle refuses it.
    """
    now = services.clock.now()
    with services.transactions.begin() as work:
        unit = calling_unit(command.actor, work)
        enrolment = service_of(unit, work)
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
        )
        return sell_attended(sale, lease, work)
