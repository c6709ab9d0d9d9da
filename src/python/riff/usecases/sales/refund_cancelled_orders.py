"""Refund what was paid online for raffles that were cancelled, order by order and block by block.

Each order is taken back in a transaction of its own, which owes its money; the sweep of payments returns it.
An order that was taken back is found no more, so a run that ends early, or two runs at once, do no harm.
"""

from functools import partial
from typing import Final

import attrs

from riff.domain.accounts.actor import SCHEDULE
from riff.domain.identifiers import BlockId, OrderId
from riff.errors import AlreadyVoidedError
from riff.ports.pages import JobPosition, Page
from riff.ports.runs import Run
from riff.ports.services import Services
from riff.usecases.batches import work_off
from riff.usecases.sales.take_back import TakeBack, take_back
from riff_critical.lifecycle import OrderEvent

_PAGE: Final = 100
_REASON: Final = "The raffle was cancelled."


@attrs.frozen
class RefundCancelledOrders:
    """How many blocks are read at a time."""

    page: int = _PAGE


def refund_cancelled_orders(command: RefundCancelledOrders, services: Services, run: Run) -> None:
    """Take back every valid online order of every cancelled raffle, as far as the time of the run allows."""

    def blocks(after: JobPosition | None) -> Page[JobPosition]:
        with services.transactions.begin() as work:
            return work.due.cancelled(after, command.page)

    work_off(blocks, lambda place: place, lambda place: _refund_block(BlockId(place.id), services, run), run)


def _refund_block(block_id: BlockId, services: Services, run: Run) -> str:
    with services.transactions.begin() as work:
        orders = work.due.valid_orders(block_id)
    for order_id in orders:
        if not run.time_left():
            return "blocks begun"
        run.attempt(order_id, partial(_refund, order_id, services))
    return "blocks"


def _refund(order_id: OrderId, services: Services) -> str:
    wanted = TakeBack(SCHEDULE, order_id, _REASON, OrderEvent.REFUND, services.clock.now())
    try:
        with services.transactions.begin() as work:
            take_back(wanted, work)
    except AlreadyVoidedError:
        return "taken back meanwhile"
    return "owed back"
