"""The arrows of a claim."""

from riff_critical.lifecycle import CLAIM, ClaimState, is_terminal


def test_all_arrows() -> None:
    assert {
        (state.value, event.value, move.target.value, *sorted(guard.value for guard in move.guards))
        for (state, event), move in CLAIM.transitions.items()
    } == {
        ("open", "validate", "validated", "claimant-eligible", "ticket-verified"),
        ("open", "expire", "expired", "claim-period-over"),
        ("validated", "pay", "paid", "payout-recorded"),
        ("expired", "draw_again", "redraw", "profile-redraws"),
        ("expired", "keep_in_trust", "trust", "profile-keeps-in-trust"),
    }


def test_every_prize_ends_somewhere() -> None:
    assert {state for state in ClaimState if is_terminal(CLAIM, state)} == {
        ClaimState.PAID,
        ClaimState.REDRAW,
        ClaimState.TRUST,
    }
