"""A ticket: what the buyer of an order holds."""

import attrs

from riff.domain.raffles.raffle import NumberingKind, Raffle, RaffleKeys
from riff.domain.sales.sold_order import OrderVoid, SoldOrder
from riff_critical.numbering import Numbering
from riff_critical.validation import block_key, issue


@attrs.frozen
class Ticket:
    """An order with its draw numbers and its validation number, which are computed and stored nowhere.

    Attributes:
        order: the sale.
        numbers: draw numbers, in the order of their slots.
        validation_number: proves the ticket; a secret of its bearer.
        void: the void of the order, or None while the ticket takes part in the draw.
    """

    order: SoldOrder
    numbers: tuple[int, ...]
    validation_number: str = attrs.field(repr=False)
    void: OrderVoid | None = None


def ticket_of(order: SoldOrder, raffle: Raffle, keys: RaffleKeys, void: OrderVoid | None = None) -> Ticket:
    """The ticket of an order of this raffle."""
    numbering = numbering_of(raffle, keys)
    return Ticket(
        order=order,
        numbers=tuple(numbering.number(slot) for slot in range(order.first_slot, order.end_slot)),
        validation_number=issue(block_key(keys.validation, order.block_tag), order.ordinal),
        void=void,
    )


def numbering_of(raffle: Raffle, keys: RaffleKeys) -> Numbering:
    """How slots of this raffle become draw numbers."""
    if raffle.numbering is NumberingKind.SEQUENTIAL:
        return Numbering.sequential(raffle.first_number, raffle.slot_count)
    return Numbering.random(keys.numbering, raffle.slot_count, raffle.first_number)
