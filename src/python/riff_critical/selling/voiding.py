"""Taking back a whole order: by a void, which undoes the sale, or by a refund, which returns the money.

Method.  Both are transitions of the order (lifecycle). A void needs a reason and a raffle in which voids
are open: active, suspended, closed for sales, or being reconciled.  A refund needs the same, or a cancelled
raffle.  The order's numbers and money move from valid to voided in the subtotal of its block.  The block
itself is no argument and no result: no void can move its `next_slot`, so a voided number is never sold
again.

Requirements: GLI-31 2.3.3, 2.6.3.  Out of scope: permissions, returning the money, printing.
"""

from riff_critical.declarations import Final
from riff_critical.errors import InvalidInputError
from riff_critical.lifecycle import ORDER, Guard, OrderEvent, OrderState, RaffleState, advance
from riff_critical.selling.integers import MAX_SLOTS, require_integer
from riff_critical.selling.subtotals import Subtotal
from riff_critical.values import Value

VOIDS_OPEN: Final = frozenset(
    {RaffleState.ACTIVE, RaffleState.SUSPENDED, RaffleState.SALES_CLOSED, RaffleState.RECONCILING}
)
REFUNDS_OPEN: Final = VOIDS_OPEN | {RaffleState.CANCELLED}


class NotAReasonError(InvalidInputError):
    """A reason is not text."""

    code = "not-a-reason"


class SoldOrder(Value):
    """What voiding needs to know of an order."""

    state: OrderState
    slots: int
    cents: int

    def __post_init__(self) -> None:
        require_integer("slots", self.slots, 1, MAX_SLOTS)
        require_integer("cents", self.cents, 1)


class Withdrawal(Value):
    """The order's new state, and the subtotal of its block with it."""

    state: OrderState
    subtotal: Subtotal


def void(order: SoldOrder, raffle: RaffleState, reason: str, subtotal: Subtotal) -> Withdrawal:
    """Undo the sale.

    Raises:
        TransitionRefusedError: the order is not paid, or was taken back before.
        GuardUnsatisfiedError: `reason-given` or `voids-open` does not hold.
        VoidedExceedsSoldError: the subtotal does not contain this order.
    """
    return _withdraw(order, OrderEvent.VOID, raffle, reason, subtotal)


def refund(order: SoldOrder, raffle: RaffleState, reason: str, subtotal: Subtotal) -> Withdrawal:
    """Return the money.

    Raises:
        CriticalError: as `void`, with `refunds-open` in place of `voids-open`.
    """
    return _withdraw(order, OrderEvent.REFUND, raffle, reason, subtotal)


def _withdraw(
    order: SoldOrder, event: OrderEvent, raffle: RaffleState, reason: str, subtotal: Subtotal
) -> Withdrawal:
    state = advance(ORDER, order.state, event, _satisfied(raffle, reason))
    return Withdrawal(state, subtotal.after_void(order.slots, order.cents))


def _satisfied(raffle: RaffleState, reason: str) -> frozenset[Guard]:
    if not isinstance(reason, str):
        raise NotAReasonError(f"a reason is text, not {reason!r}")
    facts = {
        Guard.REASON_GIVEN: bool(reason.strip()),
        Guard.VOIDS_OPEN: raffle in VOIDS_OPEN,
        Guard.REFUNDS_OPEN: raffle in REFUNDS_OPEN,
    }
    return frozenset(guard for guard, holds in facts.items() if holds)
