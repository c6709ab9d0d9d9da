"""Show what the prizes come to, from the sales so far (GLI-31 2.5.1)."""

from datetime import datetime
from typing import Final

import attrs

from riff.domain.identifiers import RaffleId
from riff.domain.money import Money
from riff.domain.raffles.prize import Prize
from riff.domain.raffles.raffle import Raffle
from riff.ports.services import Services
from riff.usecases.public.show_raffle import visible_raffle
from riff_critical.lifecycle import RaffleState

# From the seal on nothing that the amounts depend on can change.
_FINAL: Final = frozenset({RaffleState.SEALED, RaffleState.DRAWING, RaffleState.COMPLETED})


@attrs.frozen
class ShowJackpot:
    """Which raffle."""

    raffle_id: RaffleId


@attrs.frozen
class JackpotEstimate:
    """What the prizes come to at an instant.

    Attributes:
        at: the instant of reading.
        raffle: as it stood then.
        jackpot: sum of the prizes that are shares of the sales.
        prizes: every prize with its amount.
        sales: money of the valid orders.
        numbers: valid draw numbers.
    """

    at: datetime
    raffle: Raffle
    jackpot: Money
    prizes: tuple[tuple[Prize, Money], ...]
    sales: Money
    numbers: int

    @property
    def is_final(self) -> bool:
        """Whether the amounts can change no more."""
        return self.raffle.state in _FINAL


def show_jackpot(query: ShowJackpot, services: Services) -> JackpotEstimate:
    """An estimate until the raffle is sealed; computed from block subtotals, stored nowhere.

    Raises:
        NotFoundError: there is no such raffle, or it was never activated.
    """
    now = services.clock.now()
    with services.transactions.begin() as work:
        raffle = visible_raffle(query.raffle_id, work)
        found = work.raffles.prizes(raffle.id)
        sales = work.blocks.subtotal(raffle.id).subtotal
    prizes = tuple((prize, Money(prize.amount(sales), raffle.currency)) for prize in found)
    shares = sum(amount.minor for prize, amount in prizes if prize.share_bp)
    return JackpotEstimate(
        at=now,
        raffle=raffle,
        jackpot=Money(shares, raffle.currency),
        prizes=prizes,
        sales=Money(sales.valid_cents, raffle.currency),
        numbers=sales.valid_slots,
    )
