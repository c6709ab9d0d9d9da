"""The arrows of an order, written out a second time."""

import pytest

from riff_critical.lifecycle import (
    ORDER,
    Guard,
    GuardUnsatisfiedError,
    OrderEvent,
    OrderState,
    advance,
    is_terminal,
)

EVERY_GUARD = frozenset(Guard)


def test_all_arrows() -> None:
    assert {
        (state.value, event.value, move.target.value) for (state, event), move in ORDER.transitions.items()
    } == {
        ("pending", "pay", "paid"),
        ("pending", "fail", "failed"),
        ("pending", "expire", "expired"),
        ("paid", "void", "voided"),
        ("paid", "refund", "refunded"),
    }


@pytest.mark.parametrize("guard", ["payment-confirmed", "sales-open", "order-unexpired"])
def test_refuses_numbers_for_a_payment_that_is_not_known_or_comes_too_late(guard: str) -> None:
    with pytest.raises(GuardUnsatisfiedError, match=f"needs for 'pay': {guard}$"):
        advance(ORDER, OrderState.PENDING, OrderEvent.PAY, EVERY_GUARD - {Guard(guard)})


def test_every_end_is_final() -> None:
    assert {state.value for state in OrderState if is_terminal(ORDER, state)} == {
        "voided",
        "refunded",
        "failed",
        "expired",
    }
