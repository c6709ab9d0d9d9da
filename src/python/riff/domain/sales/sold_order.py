"""An order that has its numbers: a fact, never changed; a void is a second fact beside it."""

from datetime import datetime

import attrs

from riff.domain.identifiers import BlockId, OrderId, PackageId, RaffleId
from riff.domain.instants import aware_utc
from riff.domain.money import Money
from riff_critical.lifecycle import OrderState
from riff_critical.selling import Channel, Subtotal


@attrs.frozen
class SoldOrder:
    """One sale.

    Attributes:
        id: permanent name; an online order has it from its opening on.
        raffle_id: the raffle.
        block_id: the block whose chain it belongs to.
        block_tag: that block's number within the raffle.
        channel: how it was sold.
        ordinal: offset of its first slot within the block, which no other order of the block shares.
        first_slot: first slot of its run.
        end_slot: first slot after its run.
        package_id: what was bought.
        price: what was paid.
        seller: label of the actor that sold it.
        sold_at: when.
    """

    id: OrderId
    raffle_id: RaffleId
    block_id: BlockId
    block_tag: int
    channel: Channel
    ordinal: int
    first_slot: int
    end_slot: int
    package_id: PackageId
    price: Money
    seller: str
    sold_at: datetime = attrs.field(validator=aware_utc)

    @property
    def count(self) -> int:
        """How many draw numbers it holds."""
        return self.end_slot - self.first_slot


@attrs.frozen
class OrderVoid:
    """The fact that an order is void: its numbers take part in no draw and are never sold again.

    Attributes:
        order_id: the order.
        reason: why, in words.
        voided_by: label of the actor.
        voided_at: when.
        state: what the order is since then: voided, where the sale was undone, or refunded, where its money
            is returned.
    """

    order_id: OrderId
    reason: str = attrs.field(validator=[attrs.validators.min_len(1), attrs.validators.max_len(500)])
    voided_by: str
    voided_at: datetime = attrs.field(validator=aware_utc)
    state: OrderState = attrs.field(
        default=OrderState.VOIDED,
        validator=attrs.validators.in_({OrderState.VOIDED, OrderState.REFUNDED}),
    )


@attrs.frozen
class SalesSubtotal:
    """What a raffle's blocks add up to: the base of the jackpot, without reading a single order.

    Attributes:
        orders: orders sold.
        voided_orders: those of them that are void.
        subtotal: numbers and money, sold and voided.
    """

    orders: int = 0
    voided_orders: int = 0
    subtotal: Subtotal = attrs.field(factory=Subtotal)
