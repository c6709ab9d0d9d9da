"""The arrows of a raffle, written out a second time from the description of the product."""

import pytest

from riff_critical.lifecycle import (
    RAFFLE,
    Guard,
    GuardUnsatisfiedError,
    RaffleEvent,
    RaffleState,
    TransitionRefusedError,
    advance,
    is_terminal,
)

EVERY_GUARD = frozenset(Guard)
BEFORE_ACTIVATION = {RaffleState.DRAFT, RaffleState.CONFIGURED}
TOO_LATE_TO_CANCEL = {RaffleState.DRAWING, RaffleState.COMPLETED, RaffleState.CANCELLED}


def test_the_ordinary_life_of_a_raffle() -> None:
    state = RAFFLE.initial
    walk = ["draft"]
    for word in [
        *("edit", "configure", "configure", "activate", "suspend", "resume", "close_sales"),
        *("start_reconciling", "reconcile", "seal", "start_drawing", "complete"),
    ]:
        state = advance(RAFFLE, state, RaffleEvent(word), EVERY_GUARD)
        walk.append(state.value)
    assert walk == [
        *("draft", "draft", "configured", "configured", "active", "suspended", "active"),
        *("sales_closed", "reconciling", "reconciled", "sealed", "drawing", "completed"),
    ]


@pytest.mark.parametrize("state", [state for state in RaffleState if state not in BEFORE_ACTIVATION])
@pytest.mark.parametrize("event", [RaffleEvent.EDIT, RaffleEvent.CONFIGURE])
def test_refuses_every_change_of_settings_from_activation_on(state: RaffleState, event: RaffleEvent) -> None:
    with pytest.raises(TransitionRefusedError):
        advance(RAFFLE, state, event, EVERY_GUARD)


def test_a_complete_raffle_never_becomes_incomplete() -> None:
    with pytest.raises(TransitionRefusedError):
        advance(RAFFLE, RaffleState.CONFIGURED, RaffleEvent.EDIT, EVERY_GUARD)
    with pytest.raises(GuardUnsatisfiedError, match=r"needs for 'configure': prizes-set$"):
        advance(
            RAFFLE,
            RaffleState.CONFIGURED,
            RaffleEvent.CONFIGURE,
            {Guard.PACKAGES_SET, Guard.RANGES_SET},
        )


@pytest.mark.parametrize("state", [state for state in RaffleState if state not in TOO_LATE_TO_CANCEL])
def test_can_be_cancelled_with_a_reason_before_drawing(state: RaffleState) -> None:
    assert (
        advance(RAFFLE, state, RaffleEvent.CANCEL, frozenset({Guard.REASON_GIVEN})) is RaffleState.CANCELLED
    )
    with pytest.raises(GuardUnsatisfiedError, match="reason-given"):
        advance(RAFFLE, state, RaffleEvent.CANCEL)


@pytest.mark.parametrize("state", [state for state in RaffleState if state in TOO_LATE_TO_CANCEL])
def test_cannot_be_cancelled_from_drawing_on(state: RaffleState) -> None:
    with pytest.raises(TransitionRefusedError):
        advance(RAFFLE, state, RaffleEvent.CANCEL, EVERY_GUARD)


def test_reconciliation_asks_for_all_five_counts() -> None:
    with pytest.raises(GuardUnsatisfiedError) as refusal:
        advance(RAFFLE, RaffleState.RECONCILING, RaffleEvent.RECONCILE)
    assert {guard.value for guard in refusal.value.missing} == {
        "all-units-uploaded",
        "no-payment-unknown",
        "voids-acknowledged",
        "numbers-balanced",
        "cash-counted",
    }


def test_ends_completed_or_cancelled() -> None:
    assert {state for state in RaffleState if is_terminal(RAFFLE, state)} == {
        RaffleState.COMPLETED,
        RaffleState.CANCELLED,
    }
