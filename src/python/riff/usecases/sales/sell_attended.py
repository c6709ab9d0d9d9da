"""Sell a package to somebody who stands there, and note who took the money.  Part of units and reserve."""

from datetime import datetime

import attrs

from riff.domain.accounts.actor import Actor
from riff.domain.audit.significant_event import Fact
from riff.domain.checkout.checkout import RequestKey
from riff.domain.identifiers import EnrolmentId, OrderId, PackageId
from riff.domain.money import Money
from riff.domain.raffles.package import Package
from riff.domain.raffles.raffle import Raffle
from riff.domain.sales.attended_sale import AttendedSale, Tender
from riff.domain.sales.leased_block import LeasedBlock
from riff.domain.sales.ticket import Ticket, ticket_of
from riff.errors import NotFoundError
from riff.ports.stores import Work
from riff.usecases.sales.allowance import take_allowance
from riff.usecases.sales.sell_run import SellRun, sell_from
from riff_critical.selling import Channel


@attrs.frozen
class SellAttended:
    """What is sold and for what, to be written in the caller's transaction.

    Attributes:
        order_id: name of the order.
        raffle: the raffle, which the caller has found to be selling.
        package: what is bought.
        price: what it costs here and now.
        channel: whose range the numbers come from.
        actor: who sells.
        seller: under which name the cash is counted.
        enrolment_id: the enrolment of the unit that sells; None for the reserve.
        tender: how it is paid.
        reason: why from the reserve; None at a unit.
        at: the instant of the sale.
        request: recognises the seller's retries; None for a sale that was made out of reach.
        record: position of the record that tells of it in the unit's memory; None where it is made now.
    """

    order_id: OrderId
    raffle: Raffle
    package: Package
    price: Money
    channel: Channel
    actor: Actor
    seller: str
    enrolment_id: EnrolmentId | None
    tender: Tender
    reason: str | None
    at: datetime
    request: RequestKey | None = None
    record: int | None = None


@attrs.frozen
class AttendedTicket:
    """The ticket, and what is known of its sale."""

    ticket: Ticket
    sale: AttendedSale


def offered(
    package_id: PackageId, raffle: Raffle, channel: Channel, at: datetime, work: Work
) -> tuple[Package, Money]:
    """A package of the raffle with its price in this channel at this instant.

    Raises:
        NotFoundError: there is no such package in the raffle.
        PackageNotOnSaleError: it is not on sale there and then.
    """
    for package in work.raffles.packages(raffle.id):
        if package.id == package_id:
            return package, Money(package.price_at(channel, at, raffle.window), raffle.currency)
    raise NotFoundError("There is no such package in this raffle.")


def sold_before(request: RequestKey, work: Work) -> AttendedTicket | None:
    """The ticket that this request has sold, made anew from what is stored; None if it has not.

    Raises:
        KeyReusedError: the key made a sale with another request.
    """
    sale = work.attended.sold_by(request)
    if sale is None:
        return None
    order, raffle = work.orders.get(sale.order_id), work.raffles.get(sale.raffle_id)
    void = work.orders.void_of(order.id)
    return AttendedTicket(ticket_of(order, raffle, work.raffles.keys(raffle.id), void), sale)


def sell_attended(
    command: SellAttended, lease: LeasedBlock, work: Work
) -> tuple[AttendedTicket, LeasedBlock]:
    """Write the sale and who took the money; the ticket, and the lease after it.

    Raises:
        LeaseLostError: the block has moved on or sells no more; nothing was written.
        StockExhaustedError, SalesCapReachedError: a limit of the raffle refuses it.
    """
    facts: dict[str, Fact] = {"cash_of": command.seller, "tender": command.tender.value}
    if command.reason is not None:
        facts["reason"] = command.reason
    run = SellRun(
        order_id=command.order_id,
        raffle=command.raffle,
        channel=command.channel,
        package_id=command.package.id,
        count=command.package.numbers,
        price=command.price,
        actor=command.actor,
        at=command.at,
    )
    if command.record is not None:
        facts["record"] = command.record
    order, rest = sell_from(lease, run, work, facts, out_of_reach=command.record is not None)
    take_allowance(command.raffle, command.package, command.price.minor, work)
    sale = AttendedSale(
        order_id=order.id,
        raffle_id=command.raffle.id,
        seller=command.seller,
        enrolment_id=command.enrolment_id,
        tender=command.tender,
        reason=command.reason,
    )
    work.attended.add(sale, command.request)
    ticket = ticket_of(order, command.raffle, work.raffles.keys(command.raffle.id))
    return AttendedTicket(ticket, sale), rest
