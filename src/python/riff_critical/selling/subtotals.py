"""What a block has sold, as four numbers that only ever grow.

A sale adds to `sold_*`; a void or refund adds to `voided_*` and leaves `sold_*` alone.  What is valid is the
difference.  "Cents" is the smallest unit of the raffle's currency, whatever that is called.

Balance, per block (GLI-31 2.6.1): valid + voided + unsold = leased, that is
sold_slots = next_slot - first_slot, since valid + voided = sold and unsold = end_slot - next_slot.
"""

from riff_critical.declarations import Iterable
from riff_critical.errors import CorruptionError
from riff_critical.selling.blocks import Block
from riff_critical.selling.integers import MAX_SLOTS, require_integer
from riff_critical.values import Value


class VoidedExceedsSoldError(CorruptionError):
    """More is voided than was ever sold: the books are wrong."""

    code = "voided-exceeds-sold"


class Subtotal(Value):
    """Slots and money ever sold, and the part of each that is voided or refunded."""

    sold_slots: int = 0
    sold_cents: int = 0
    voided_slots: int = 0
    voided_cents: int = 0

    def __post_init__(self) -> None:
        require_integer("sold_slots", self.sold_slots, 0, MAX_SLOTS)
        require_integer("sold_cents", self.sold_cents)
        require_integer("voided_slots", self.voided_slots, 0, MAX_SLOTS)
        require_integer("voided_cents", self.voided_cents)
        if self.voided_slots > self.sold_slots or self.voided_cents > self.sold_cents:
            raise VoidedExceedsSoldError(f"{self} cannot be")

    @property
    def valid_slots(self) -> int:
        """Numbers that take part in the draw."""
        return self.sold_slots - self.voided_slots

    @property
    def valid_cents(self) -> int:
        """Money that the valid numbers brought in."""
        return self.sold_cents - self.voided_cents

    def after_sale(self, slots: int, cents: int) -> "Subtotal":
        """With one more order of `slots` numbers for `cents`."""
        require_integer("slots", slots, 1, MAX_SLOTS)
        require_integer("cents", cents, 1)
        return Subtotal(
            self.sold_slots + slots, self.sold_cents + cents, self.voided_slots, self.voided_cents
        )

    def after_void(self, slots: int, cents: int) -> "Subtotal":
        """With one order of `slots` numbers for `cents` taken out of the valid ones.

        Raises:
            VoidedExceedsSoldError: that order cannot be among the sold ones.
        """
        require_integer("slots", slots, 1, MAX_SLOTS)
        require_integer("cents", cents, 1)
        return Subtotal(
            self.sold_slots, self.sold_cents, self.voided_slots + slots, self.voided_cents + cents
        )


def total(subtotals: Iterable[Subtotal]) -> Subtotal:
    """The sum over blocks."""
    parts = tuple(subtotals)
    return Subtotal(
        sold_slots=sum(part.sold_slots for part in parts),
        sold_cents=sum(part.sold_cents for part in parts),
        voided_slots=sum(part.voided_slots for part in parts),
        voided_cents=sum(part.voided_cents for part in parts),
    )


def balances(block: Block, subtotal: Subtotal) -> bool:
    """Whether valid + voided + unsold numbers make up exactly the leased ones."""
    unsold = block.end_slot - block.next_slot
    return subtotal.valid_slots + subtotal.voided_slots + unsold == block.end_slot - block.first_slot
