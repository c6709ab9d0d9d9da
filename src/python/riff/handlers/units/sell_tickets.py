"""POST /units/me/sales: sell a package at the calling sales unit."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

import attrs

from riff.domain.identifiers import PackageId
from riff.domain.sales.attended_sale import Tender
from riff.handlers._runtime.http import Caller, Ok, Request, endpoint
from riff.handlers._runtime.limits import Between
from riff.handlers._runtime.shapes.attended import AttendedSaleReply
from riff.usecases.units.sell_tickets import SellTickets, sell_tickets
from riff.wiring import services


class UnitTender(StrEnum):
    """How a unit is paid."""

    CASH = "cash"
    CARD = "card"


@attrs.frozen
class SellTicketsBody:
    """What is bought, how it is paid, and how many records the unit has ever written into its memory."""

    package_id: UUID
    tender: UnitTender
    memory_position: Annotated[int, Between(0, 1_000_000_000)] = 0


@endpoint(body=SellTicketsBody, caller=Caller.UNIT, keyed=True)
def handler(request: Request[SellTicketsBody]) -> Ok[AttendedSaleReply]:
    """Answer with the ticket, ready to print."""
    command = SellTickets(
        actor=request.actor,
        package_id=PackageId(request.body.package_id),
        tender=Tender(request.body.tender.value),
        memory_position=request.body.memory_position,
        request=request.idempotency_key,
    )
    sold = sell_tickets(command, services())
    return Ok(AttendedSaleReply.of(sold.ticket, sold.sale))
