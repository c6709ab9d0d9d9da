"""List the counterfoils of a draw: one for each number on the sealed list (GLI-31 2.4.1)."""

from collections.abc import Iterator
from datetime import datetime

import attrs

from riff.domain.accounts.actor import Actor
from riff.domain.draws.instants import from_milliseconds
from riff.domain.identifiers import OrderId, RaffleId
from riff.domain.money import Money
from riff.domain.raffles.raffle import Raffle
from riff.domain.sales.sold_order import SoldOrder
from riff.domain.sales.ticket import ticket_of
from riff.ports.pages import CounterfoilPosition, Page
from riff.ports.services import Services
from riff.ports.stores import Work
from riff.usecases.draws.transcript import require_standing


@attrs.frozen
class ListCounterfoils:
    """Which counterfoils `actor` wants.

    Attributes:
        actor: who.
        raffle_id: the raffle.
        draw: the draw that they take part in.
        after: where the page begins; None for the first.
        limit: how many at most.
    """

    actor: Actor
    raffle_id: RaffleId
    draw: int
    after: CounterfoilPosition | None
    limit: int


@attrs.frozen
class Counterfoil:
    """What goes into the drum for one number.

    Attributes:
        slot: the number, as its slot.
        number: the number, as printed.
        order_id: the order that holds it.
        validation_number: of that order's ticket.
        sold_at: when.
        price: of the whole order.
    """

    slot: int
    number: int
    order_id: OrderId
    validation_number: str = attrs.field(repr=False)
    sold_at: datetime
    price: Money


@attrs.frozen
class Counterfoils:
    """A page of counterfoils, and the raffle whose name and number stand on each."""

    raffle: Raffle
    page: Page[Counterfoil]


def list_counterfoils(query: ListCounterfoils, services: Services) -> Counterfoils:
    """One page, in the order of the sealed list.

    Raises:
        NotFoundError, NotPermittedError: no such raffle or draw, or the actor may not see its counterfoils.
        StateRefusesError: the raffle is not sealed.
    """
    with services.transactions.begin() as work:
        raffle = work.raffles.get(query.raffle_id)
        query.actor.require("counterfoils:read", raffle.organization_id)
        planned = require_standing(raffle, work).planned(query.draw)
        start = query.after.slot if query.after else 0
        cut_off = None if planned.sold_before is None else from_milliseconds(planned.sold_before)
        # Every order has a number at least, so that this many orders are enough to know whether more follows.
        orders = work.seals.valid_orders(raffle.id, start, query.limit + 1, cut_off)
        found = []
        for foil in _foils(raffle, orders, work):
            if foil.slot >= start:
                found.append(foil)
            if len(found) > query.limit:
                break
        return Counterfoils(raffle, Page(tuple(found[: query.limit]), more=len(found) > query.limit))


def _foils(raffle: Raffle, orders: tuple[SoldOrder, ...], work: Work) -> Iterator[Counterfoil]:
    keys = work.raffles.keys(raffle.id)
    for order in orders:
        ticket = ticket_of(order, raffle, keys)
        for slot, number in zip(range(order.first_slot, order.end_slot), ticket.numbers, strict=True):
            yield Counterfoil(slot, number, order.id, ticket.validation_number, order.sold_at, order.price)
