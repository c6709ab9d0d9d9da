"""The arrows of a sales unit: the ordinary round, and the ways out of it and back."""

import pytest

from riff_critical.lifecycle import (
    SALES_UNIT,
    Guard,
    SalesUnitEvent,
    SalesUnitState,
    TransitionRefusedError,
    advance,
    permitted,
)

EVERY_GUARD = frozenset(Guard)


def test_the_ordinary_round_of_a_unit() -> None:
    state = SALES_UNIT.initial
    walk = [state.value]
    for word in ["enrol", "activate", "start_closing", "close", "reconcile", "reset"]:
        state = advance(SALES_UNIT, state, SalesUnitEvent(word), EVERY_GUARD)
        walk.append(state.value)
    assert walk == ["registered", "enrolled", "active", "closing", "closed", "reconciled", "registered"]


@pytest.mark.parametrize(
    ("event", "target", "refused_in"),
    [
        (
            SalesUnitEvent.SUSPEND,
            SalesUnitState.SUSPENDED,
            {SalesUnitState.SUSPENDED, SalesUnitState.ERROR, SalesUnitState.LOST},
        ),
        (SalesUnitEvent.REPORT_ERROR, SalesUnitState.ERROR, {SalesUnitState.ERROR, SalesUnitState.LOST}),
        (SalesUnitEvent.REPORT_LOST, SalesUnitState.LOST, {SalesUnitState.LOST}),
    ],
)
def test_leaves_the_round_from_anywhere(
    event: SalesUnitEvent, target: SalesUnitState, refused_in: set[SalesUnitState]
) -> None:
    for state in SalesUnitState:
        if state in refused_in:
            with pytest.raises(TransitionRefusedError):
                advance(SALES_UNIT, state, event, EVERY_GUARD)
        else:
            assert advance(SALES_UNIT, state, event, EVERY_GUARD) is target


def test_only_a_fresh_activation_leads_to_selling() -> None:
    assert [
        pair for pair, move in SALES_UNIT.transitions.items() if move.target is SalesUnitState.ACTIVE
    ] == [(SalesUnitState.ENROLLED, SalesUnitEvent.ACTIVATE)]
    assert SALES_UNIT.transitions[SalesUnitState.ENROLLED, SalesUnitEvent.ACTIVATE].guards == {
        Guard.UNIT_AUTHENTICATED,
        Guard.OPERATOR_AUTHENTICATED,
        Guard.MEMORY_SOUND,
    }


@pytest.mark.parametrize("state", [SalesUnitState.ERROR, SalesUnitState.LOST])
def test_error_and_loss_are_cleared_through_suspension(state: SalesUnitState) -> None:
    targets = {move.target for move in permitted(SALES_UNIT, state).values()}
    assert targets - {SalesUnitState.LOST} == {SalesUnitState.SUSPENDED}


def test_closes_only_when_everything_is_uploaded() -> None:
    assert SALES_UNIT.transitions[SalesUnitState.CLOSING, SalesUnitEvent.CLOSE].guards == {
        Guard.UNIT_UPLOADED
    }
