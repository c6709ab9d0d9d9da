"""An order is taken back whole, once, and only while the raffle's books are open."""

import inspect

import pytest

from riff_critical.lifecycle import GuardUnsatisfiedError, OrderState, RaffleState, TransitionRefusedError
from riff_critical.selling import Subtotal
from riff_critical.selling.voiding import REFUNDS_OPEN, VOIDS_OPEN, SoldOrder, Withdrawal, refund, void

SOLD = Subtotal(sold_slots=10, sold_cents=2_000)
PAID = SoldOrder(OrderState.PAID, slots=3, cents=600)


def test_the_subtotal_follows_a_void() -> None:
    assert void(PAID, RaffleState.ACTIVE, "printed twice", SOLD) == Withdrawal(
        OrderState.VOIDED, Subtotal(10, 2_000, 3, 600)
    )


def test_the_smallest_order_can_be_taken_back() -> None:
    least = SoldOrder(OrderState.PAID, slots=1, cents=1)
    assert void(least, RaffleState.ACTIVE, "why", SOLD).subtotal == Subtotal(10, 2_000, 1, 1)


def test_a_second_void_is_refused() -> None:
    once = void(PAID, RaffleState.ACTIVE, "printed twice", SOLD)
    with pytest.raises(TransitionRefusedError):
        void(SoldOrder(once.state, 3, 600), RaffleState.ACTIVE, "again", once.subtotal)


@pytest.mark.parametrize("raffle", RaffleState)
def test_voids_and_refunds_follow_the_state_of_the_raffle(raffle: RaffleState) -> None:
    for decide, open_in, guard in ((void, VOIDS_OPEN, "voids-open"), (refund, REFUNDS_OPEN, "refunds-open")):
        if raffle in open_in:
            assert decide(PAID, raffle, "why", SOLD).subtotal == SOLD.after_void(3, 600)
        else:
            with pytest.raises(GuardUnsatisfiedError, match=guard):
                decide(PAID, raffle, "why", SOLD)


def test_books_are_open_from_activation_to_reconciliation() -> None:
    assert {state.value for state in VOIDS_OPEN} == {"active", "suspended", "sales_closed", "reconciling"}
    assert {state.value for state in REFUNDS_OPEN - VOIDS_OPEN} == {"cancelled"}


def test_no_void_can_reach_a_block() -> None:
    """Voided slots never return: the block is neither an argument nor a result."""
    for decide in (void, refund):
        signature = inspect.signature(decide)
        assert list(signature.parameters) == ["order", "raffle", "reason", "subtotal"]
        assert signature.return_annotation is Withdrawal
    assert Withdrawal.__match_args__ == ("state", "subtotal")
