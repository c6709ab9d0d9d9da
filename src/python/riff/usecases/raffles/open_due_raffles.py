"""Put on record that the sales of a raffle have begun (GLI-31 2.2.2).

Sales begin by the window itself: from its first instant on an active raffle sells, whether or not this has
run.  What it adds is the significant event that people look for, once per raffle.
"""

from typing import Final

import attrs

from riff.domain.accounts.actor import SCHEDULE
from riff.domain.audit.event_catalogue import EventKind
from riff.domain.identifiers import RaffleId, StreamId
from riff.domain.instants import format_instant
from riff.ports.pages import JobPosition, Page
from riff.ports.runs import Run
from riff.ports.services import Services
from riff.usecases.batches import work_off
from riff_critical.lifecycle import RaffleState

_PAGE: Final = 100


@attrs.frozen
class OpenDueRaffles:
    """How many raffles are read at a time."""

    page: int = _PAGE


def open_due_raffles(command: OpenDueRaffles, services: Services, run: Run) -> None:
    """Record the opening of every raffle whose sales have begun, each in a transaction of its own."""
    now = services.clock.now()

    def due(after: JobPosition | None) -> Page[JobPosition]:
        with services.transactions.begin() as work:
            return work.due.to_open(now, after, command.page)

    work_off(due, lambda place: place, lambda place: _open(RaffleId(place.id), services), run)


def _open(raffle_id: RaffleId, services: Services) -> str:
    now = services.clock.now()
    with services.transactions.begin() as work:
        raffle = work.raffles.lock(raffle_id)
        if raffle.state is not RaffleState.ACTIVE or not work.due.record_opening(raffle_id, now):
            return "changed meanwhile"
        facts = {
            "opens_at": format_instant(raffle.window.opens_at),
            "closes_at": format_instant(raffle.window.closes_at),
        }
        work.events.append(StreamId(raffle_id), EventKind.SALES_OPENED, now, SCHEDULE.label, facts)
        return "opened"
