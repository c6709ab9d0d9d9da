"""Close the sales of raffles whose sales window has ended (GLI-31 2.2.2).

Nothing is sold after the close whatever this does: every sale is compared with the close by the database's
own clock.  This gives the raffle its state, and the event that counts what was sold.
"""

from typing import Final

import attrs

from riff.domain.accounts.actor import SCHEDULE
from riff.domain.identifiers import RaffleId
from riff.ports.pages import JobPosition, Page
from riff.ports.runs import Run
from riff.ports.services import Services
from riff.usecases.batches import work_off
from riff.usecases.raffles.close_sales import CloseSales, close_sales
from riff_critical.lifecycle import RaffleState

_PAGE: Final = 100
_REASON: Final = "The scheduled end of sales has come."


@attrs.frozen
class CloseDueRaffles:
    """How many raffles are read at a time."""

    page: int = _PAGE


def close_due_raffles(command: CloseDueRaffles, services: Services, run: Run) -> None:
    """Close every raffle that is due, each in a transaction of its own."""
    now = services.clock.now()

    def due(after: JobPosition | None) -> Page[JobPosition]:
        with services.transactions.begin() as work:
            return work.due.to_close(now, after, command.page)

    work_off(due, lambda place: place, lambda place: _close(RaffleId(place.id), services), run)


def _close(raffle_id: RaffleId, services: Services) -> str:
    with services.transactions.begin() as work:
        # Locked, then looked at again: another run may have closed it, an official may have extended it.
        raffle = work.raffles.lock(raffle_id)
        if raffle.state not in (RaffleState.ACTIVE, RaffleState.SUSPENDED):
            return "closed meanwhile"
        if services.clock.now() < raffle.window.closes_at:
            return "extended meanwhile"
        close_sales(CloseSales(SCHEDULE, raffle_id, _REASON), services)
        return "closed"
