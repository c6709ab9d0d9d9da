"""Every pair of state and event of every machine; refusals name what was refused and change nothing."""

from collections.abc import Iterator
from enum import Enum
from itertools import product
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riff_critical.errors import InvalidInputError, RefusedError
from riff_critical.lifecycle import (
    CLAIM,
    DRAW,
    ORDER,
    RAFFLE,
    SALES_UNIT,
    ClaimState,
    Guard,
    GuardUnsatisfiedError,
    Machine,
    OrderEvent,
    OrderState,
    RaffleEvent,
    RaffleState,
    Transition,
    TransitionRefusedError,
    UnknownWordError,
    advance,
    is_terminal,
    permitted,
)

MACHINES: tuple[Machine[Enum, Enum], ...] = (RAFFLE, ORDER, SALES_UNIT, DRAW, CLAIM)  # type: ignore[assignment]  # one list of five types
EVERY_GUARD = frozenset(Guard)


def pairs() -> Iterator[tuple[Machine[Enum, Enum], Enum, Enum]]:
    for machine in MACHINES:
        for state, event in product(machine.states, machine.events):
            yield machine, state, event


def label(part: object) -> str | None:
    return part.name if isinstance(part, Machine) else getattr(part, "value", None)


PRESENT = [pair for pair in pairs() if pair[1:] in pair[0].transitions]
ABSENT = [pair for pair in pairs() if pair[1:] not in pair[0].transitions]


@pytest.mark.parametrize(("machine", "state", "event"), PRESENT, ids=label)
def test_leads_to_the_target_of_the_table_when_every_guard_holds(
    machine: Machine[Enum, Enum], state: Enum, event: Enum
) -> None:
    assert advance(machine, state, event, EVERY_GUARD) is machine.transitions[state, event].target


@pytest.mark.parametrize(("machine", "state", "event"), PRESENT, ids=label)
def test_refuses_while_any_one_guard_is_missing(
    machine: Machine[Enum, Enum], state: Enum, event: Enum
) -> None:
    for guard in machine.transitions[state, event].guards:
        with pytest.raises(GuardUnsatisfiedError, match=guard.value) as refusal:
            advance(machine, state, event, EVERY_GUARD - {guard})
        assert refusal.value.missing == {guard}
        assert (refusal.value.machine, refusal.value.state, refusal.value.event) == (
            machine.name,
            state,
            event,
        )


@pytest.mark.parametrize(("machine", "state", "event"), PRESENT, ids=label)
def test_names_every_missing_guard_at_once(machine: Machine[Enum, Enum], state: Enum, event: Enum) -> None:
    guards = machine.transitions[state, event].guards
    if not guards:
        assert advance(machine, state, event) is machine.transitions[state, event].target
        return
    with pytest.raises(GuardUnsatisfiedError) as refusal:
        advance(machine, state, event)
    assert refusal.value.missing == guards
    assert all(guard.value in str(refusal.value) for guard in guards)


@pytest.mark.parametrize(("machine", "state", "event"), ABSENT, ids=label)
def test_refuses_every_pair_that_is_not_in_the_table(
    machine: Machine[Enum, Enum], state: Enum, event: Enum
) -> None:
    before = dict(machine.transitions)
    with pytest.raises(TransitionRefusedError) as refusal:
        advance(machine, state, event, EVERY_GUARD)
    assert (refusal.value.machine, refusal.value.state, refusal.value.event) == (machine.name, state, event)
    assert str(refusal.value) == f"{machine.name} in state {state.value!r} refuses {event.value!r}"
    assert machine.transitions == before


@pytest.mark.parametrize("machine", MACHINES, ids=label)
def test_tables_cannot_be_changed(machine: Machine[Enum, Enum]) -> None:
    assert isinstance(machine.transitions, MappingProxyType)
    with pytest.raises(AttributeError):
        machine.initial = machine.initial  # type: ignore[misc]  # the attempt is the test


@pytest.mark.parametrize("machine", MACHINES, ids=label)
def test_every_state_is_reachable_from_the_first(machine: Machine[Enum, Enum]) -> None:
    reached, fresh = {machine.initial}, [machine.initial]
    while fresh:
        targets = {move.target for move in permitted(machine, fresh.pop()).values()}
        fresh.extend(targets - reached)
        reached |= targets
    assert reached == set(machine.states)


@pytest.mark.parametrize("machine", MACHINES, ids=label)
def test_every_event_is_possible_somewhere(machine: Machine[Enum, Enum]) -> None:
    assert {event for _, event in machine.transitions} == set(machine.events)


def test_every_guard_guards_something() -> None:
    used = {guard for machine in MACHINES for move in machine.transitions.values() for guard in move.guards}
    assert used == EVERY_GUARD


def test_every_guard_has_a_name_of_its_own_and_a_meaning() -> None:
    assert len({guard.value for guard in Guard}) == len(Guard)
    assert all(guard.meaning and not guard.meaning.endswith(".") for guard in Guard)


def test_permitted_lists_events_with_their_targets_and_guards() -> None:
    assert permitted(RAFFLE, RaffleState.SALES_CLOSED) == {
        RaffleEvent.START_RECONCILING: Transition(RaffleState.RECONCILING),
        RaffleEvent.CANCEL: Transition(RaffleState.CANCELLED, frozenset({Guard.REASON_GIVEN})),
    }


@pytest.mark.parametrize("machine", MACHINES, ids=label)
def test_terminal_states_permit_nothing(machine: Machine[Enum, Enum]) -> None:
    for state in machine.states:
        assert is_terminal(machine, state) is (permitted(machine, state) == {})


def test_refuses_the_same_word_of_another_machine() -> None:
    with pytest.raises(UnknownWordError, match="order"):
        advance(ORDER, ClaimState.PAID, OrderEvent.VOID, EVERY_GUARD)  # type: ignore[misc]  # the attempt is the test


@pytest.mark.parametrize("word", ["paid", None, 1, OrderState, OrderEvent.PAY])
def test_refuses_what_is_no_state(word: OrderState) -> None:
    with pytest.raises(UnknownWordError):
        advance(ORDER, word, OrderEvent.VOID, EVERY_GUARD)
    with pytest.raises(UnknownWordError):
        permitted(ORDER, word)
    with pytest.raises(UnknownWordError):
        is_terminal(ORDER, word)


@pytest.mark.parametrize("word", ["void", None, RaffleEvent.CANCEL, OrderState.PAID])
def test_refuses_what_is_no_event(word: OrderEvent) -> None:
    with pytest.raises(UnknownWordError):
        advance(ORDER, OrderState.PAID, word, EVERY_GUARD)


def test_a_misspelt_guard_satisfies_nothing() -> None:
    words: frozenset[Guard] = frozenset({"reason-given", "voids-open"})  # type: ignore[arg-type]  # the attempt is the test
    with pytest.raises(GuardUnsatisfiedError):
        advance(ORDER, OrderState.PAID, OrderEvent.VOID, words)


def test_errors_say_who_can_act() -> None:
    assert issubclass(UnknownWordError, InvalidInputError)
    assert issubclass(TransitionRefusedError, RefusedError)
    assert issubclass(GuardUnsatisfiedError, RefusedError)


@given(st.lists(st.sampled_from(RaffleEvent)))
def test_whatever_happens_a_raffle_is_drawn_only_after_the_seal(events: list[RaffleEvent]) -> None:
    state, passed = RAFFLE.initial, [RAFFLE.initial]
    for event in events:
        if event in permitted(RAFFLE, state):
            state = advance(RAFFLE, state, event, EVERY_GUARD)
            passed.append(state)
    order = [RaffleState.SALES_CLOSED, RaffleState.RECONCILED, RaffleState.SEALED, RaffleState.DRAWING]
    seen = [each for each in passed if each in order]
    assert seen == order[: len(seen)]
