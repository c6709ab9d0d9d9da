"""Show what the prizes come to, from the sales so far (GLI-31 2.5.1)."""

from datetime import datetime

import attrs

from riff.domain.identifiers import RaffleId
from riff.domain.money import Money
from riff.domain.raffles.prize import Prize
from riff.ports.services import Services
from riff.usecases.public.show_raffle import ShowRaffle, show_raffle


@attrs.frozen
class ShowJackpot:
    """Which raffle."""

    raffle_id: RaffleId


@attrs.frozen
class JackpotEstimate:
    """What the prizes come to at an instant.

    Attributes:
        at: the instant of reading.
        jackpot: sum of the prizes that are shares of the sales.
        prizes: every prize with its amount.
        sales: money of the valid orders.
        numbers: valid draw numbers.
    """

    at: datetime
    jackpot: Money
    prizes: tuple[tuple[Prize, Money], ...]
    sales: Money
    numbers: int


def show_jackpot(query: ShowJackpot, services: Services) -> JackpotEstimate:
    """An estimate until the raffle is sealed; computed from block subtotals, stored nowhere.

    Raises:
        NotFoundError: there is no such raffle, or it was never activated.
    """
    now = services.clock.now()
    with services.transactions.begin() as work:
        setup = show_raffle(ShowRaffle(query.raffle_id), services)
        sales = work.blocks.subtotal(query.raffle_id).subtotal
    currency = setup.raffle.currency
    prizes = tuple((prize, Money(prize.amount(sales), currency)) for prize in setup.prizes)
    shares = sum(amount.minor for prize, amount in prizes if prize.share_bp)
    return JackpotEstimate(
        at=now,
        jackpot=Money(shares, currency),
        prizes=prizes,
        sales=Money(sales.valid_cents, currency),
        numbers=sales.valid_slots,
    )
