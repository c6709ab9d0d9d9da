"""Leasing and issuing: how slots go from a channel range to a block, and from a block to an order.

Method.  A channel range is [first_slot, first_slot + slot_count) and is leased from the front: a block
takes min(size, what is left) slots from `next_slot` on, so the blocks of a range adjoin, and the last one
may be shorter.  A block is [first_slot, end_slot) and is sold from the front as well: an order of n numbers
takes the run [next_slot, next_slot + n), so the runs of a block form a chain without gap or overlap.  The
run's ordinal is its first slot's distance from the block's first slot; it is unique within the block
because slots are.  Slots only ever move forward: nothing here moves `next_slot` back, whatever happens to
an order later.

A run that is longer than what is left in the block is refused, never split.  The rest serves a smaller order,
or remains unsold; the seller leases another block for the large one.

Requirements: GLI-31 2.3.3 (no number is sold twice), 3.2.1 (unique draw numbers), 6.1.4 (bounded offline
sales). Out of scope: storing, and excluding concurrent writers, which the database's constraints do a
second time.
"""

from riff_critical.errors import InvalidInputError, RefusedError
from riff_critical.selling.integers import MAX_SLOTS, require_integer
from riff_critical.values import Value


class SlotOrderError(InvalidInputError):
    """The bounds of a range, a block or a run are not in ascending order."""

    code = "slot-order"

    def __init__(self, first_slot: int, next_slot: int, end_slot: int) -> None:
        super().__init__(f"not in order: first {first_slot}, next {next_slot}, end {end_slot}")


class RangeExhaustedError(RefusedError):
    """The channel range has no slot left to lease."""

    code = "range-exhausted"


class BlockExhaustedError(RefusedError):
    """The block has fewer slots left than the order wants."""

    code = "block-exhausted"

    def __init__(self, wanted: int, left: int) -> None:
        super().__init__(f"{wanted} numbers wanted, {left} left in the block")
        self.wanted = wanted
        self.left = left


class Range(Value):
    """A channel range of which everything before `next_slot` is leased."""

    first_slot: int
    slot_count: int
    next_slot: int

    def __post_init__(self) -> None:
        require_integer("slot_count", self.slot_count, 1, MAX_SLOTS)
        _require_order(self.first_slot, self.next_slot, self.end_slot)

    @property
    def end_slot(self) -> int:
        """The first slot behind the range."""
        return self.first_slot + self.slot_count


class Block(Value):
    """Leased slots [first_slot, end_slot) of which everything before `next_slot` is sold."""

    first_slot: int
    end_slot: int
    next_slot: int

    def __post_init__(self) -> None:
        _require_order(self.first_slot, self.next_slot, self.end_slot)

    @property
    def slots_left(self) -> int:
        """How many slots can still be sold."""
        return self.end_slot - self.next_slot


class Run(Value):
    """The slots [first_slot, end_slot) of one order, `ordinal` slots into its block."""

    first_slot: int
    end_slot: int
    ordinal: int

    def __post_init__(self) -> None:
        require_integer("ordinal", self.ordinal, 0, MAX_SLOTS)
        _require_order(self.first_slot, self.first_slot, self.end_slot)


def lease(channel_range: Range, size: int) -> tuple[Block, Range]:
    """The next block, of `size` slots or of all that are left, and the range after it.

    Raises:
        RangeExhaustedError: no slot is left.
    """
    require_integer("size", size, 1, MAX_SLOTS)
    first, end = channel_range.next_slot, channel_range.end_slot
    if first == end:
        raise RangeExhaustedError("every slot of the channel range is leased")
    block_end = min(first + size, end)
    return (
        Block(first, block_end, first),
        Range(channel_range.first_slot, channel_range.slot_count, block_end),
    )


def issue(block: Block, count: int) -> tuple[Run, Block]:
    """The run of the next order, of exactly `count` slots, and the block after it.

    Raises:
        BlockExhaustedError: fewer than `count` slots are left; the block is unchanged.
    """
    require_integer("count", count, 1, MAX_SLOTS)
    if count > block.slots_left:
        raise BlockExhaustedError(count, block.slots_left)
    end = block.next_slot + count
    return (
        Run(block.next_slot, end, block.next_slot - block.first_slot),
        Block(block.first_slot, block.end_slot, end),
    )


def may_take_over(expires_at: int, now: int) -> bool:
    """Whether a lease has ended: its holder sells while now < expires_at, another may from then on.

    Both instants must come from one clock, the database's, so that no instant belongs to two holders.
    """
    require_integer("expires_at", expires_at)
    require_integer("now", now)
    return now >= expires_at


def _require_order(first_slot: int, next_slot: int, end_slot: int) -> None:
    require_integer("first_slot", first_slot, 0, MAX_SLOTS)
    require_integer("next_slot", next_slot, 0, MAX_SLOTS)
    require_integer("end_slot", end_slot, 1, MAX_SLOTS)
    if not first_slot <= next_slot <= end_slot or first_slot == end_slot:
        raise SlotOrderError(first_slot, next_slot, end_slot)
