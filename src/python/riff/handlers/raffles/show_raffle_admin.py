"""GET /staff/raffles/{raffle_id}: a raffle in any state, with its setup and its sales."""

from typing import Self

import attrs

from riff.domain.identifiers import RaffleId
from riff.domain.money import Money
from riff.domain.sales.sold_order import SalesSubtotal
from riff.handlers._runtime.http import Ok, Request, endpoint
from riff.handlers._runtime.shapes.money import MoneyReply
from riff.handlers._runtime.shapes.prices import PriceHistoryReply
from riff.handlers._runtime.shapes.raffle import RaffleSetupReply
from riff.usecases.raffles.show_raffle_admin import ShowRaffleAdmin, show_raffle_admin
from riff.wiring import services


@attrs.frozen
class SalesReply:
    """What was sold so far, and how much of it is void."""

    orders: int
    numbers: int
    amount: MoneyReply
    voided_orders: int
    voided_numbers: int
    voided_amount: MoneyReply

    @classmethod
    def of(cls, sales: SalesSubtotal, currency: str) -> Self:
        """The subtotal, in the raffle's currency."""
        subtotal = sales.subtotal
        return cls(
            orders=sales.orders,
            numbers=subtotal.sold_slots,
            amount=MoneyReply.of(Money(subtotal.sold_cents, currency)),
            voided_orders=sales.voided_orders,
            voided_numbers=subtotal.voided_slots,
            voided_amount=MoneyReply.of(Money(subtotal.voided_cents, currency)),
        )


@attrs.frozen
class RaffleOverviewReply:
    """A raffle with its setup, its sales, and every price that its packages have had."""

    setup: RaffleSetupReply
    sales: SalesReply
    prices: tuple[PriceHistoryReply, ...]


@endpoint(permission="raffles:read")
def handler(request: Request[None]) -> Ok[RaffleOverviewReply]:
    """Answer with everything that those who run the raffle may see."""
    query = ShowRaffleAdmin(actor=request.actor, raffle_id=RaffleId(request.path_id("raffle_id")))
    overview = show_raffle_admin(query, services())
    setup, raffle = overview.setup, overview.setup.raffle
    prices = tuple(PriceHistoryReply.of(package, raffle) for package in setup.packages)
    sales = SalesReply.of(overview.sales, raffle.currency)
    return Ok(RaffleOverviewReply(RaffleSetupReply.of(setup), sales, prices))
