"""State machines as tables: the one function that moves a state, and the only two ways it can refuse.

Method: a machine is a finite mapping from (state, event) to (target, guards).  `advance` looks the pair up.
A pair that is absent is refused.  A pair that is present moves to its target when every guard attached to it
is among the guards that the caller found satisfied; otherwise it is refused and each missing guard is named.
States are immutable values, so a refusal changes nothing.

A guard is a named condition about facts that lie outside the machine (guards.py says what each one means).
The caller establishes the facts, in the same transaction as the change; this module never guesses one.
A name that satisfies no guard has no effect, so that a misspelt one refuses and never admits.

Requirements: GLI-31 2.2.3, 2.6.1, 2.6.2, 2.6.3, 2.6.5 (an action happens in its order or not at all).
Out of scope: storing states, finding facts, permissions of persons.
"""

from enum import Enum

from riff_critical.declarations import AbstractSet, Mapping
from riff_critical.errors import InvalidInputError, RefusedError
from riff_critical.lifecycle.guards import Guard
from riff_critical.values import Value


class UnknownWordError(InvalidInputError):
    """A state or an event belongs to another machine, or to none."""

    code = "unknown-word"

    def __init__(self, machine: str, word: object) -> None:
        super().__init__(f"{word!r} is no word of the machine {machine!r}")


class TransitionRefusedError(RefusedError):
    """The table has no such event in this state."""

    code = "transition-refused"

    def __init__(self, machine: str, state: Enum, event: Enum) -> None:
        super().__init__(f"{machine} in state {state.value!r} refuses {event.value!r}")
        self.machine = machine
        self.state = state
        self.event = event


class GuardUnsatisfiedError(RefusedError):
    """The event is possible in this state, but a condition attached to it does not hold yet."""

    code = "guard-unsatisfied"

    def __init__(self, machine: str, state: Enum, event: Enum, missing: AbstractSet[Guard]) -> None:
        names = ", ".join(sorted(guard.value for guard in missing))
        super().__init__(f"{machine} in state {state.value!r} needs for {event.value!r}: {names}")
        self.machine = machine
        self.state = state
        self.event = event
        self.missing = frozenset(missing)


class Transition[S: Enum](Value):
    """Where an event leads, and what must hold for it to lead there."""

    target: S
    guards: frozenset[Guard] = frozenset()


def to[S: Enum](target: S, *guards: Guard) -> Transition[S]:
    """Spell a transition the way the tables read: `to(State.X, Guard.A, Guard.B)`."""
    return Transition(target, frozenset(guards))


class Machine[S: Enum, E: Enum](Value):
    """A named table of transitions over the states `S` and the events `E`."""

    name: str
    states: type[S]
    events: type[E]
    initial: S
    transitions: Mapping[tuple[S, E], Transition[S]]


def advance[S: Enum, E: Enum](
    machine: Machine[S, E], state: S, event: E, satisfied: AbstractSet[Guard] = frozenset()
) -> S:
    """The state after `event`.

    Raises:
        UnknownWordError: `state` or `event` is not a word of this machine.
        TransitionRefusedError: the event is not possible in this state.
        GuardUnsatisfiedError: it is possible, but guards outside `satisfied` are attached to it.
    """
    _require_word(machine.name, machine.states, state)
    _require_word(machine.name, machine.events, event)
    transition = machine.transitions.get((state, event))
    if transition is None:
        raise TransitionRefusedError(machine.name, state, event)
    missing = transition.guards - satisfied
    if missing:
        raise GuardUnsatisfiedError(machine.name, state, event, missing)
    return transition.target


def permitted[S: Enum, E: Enum](machine: Machine[S, E], state: S) -> Mapping[E, Transition[S]]:
    """Every event that the state knows, with its target and guards, in the order of the table."""
    _require_word(machine.name, machine.states, state)
    return {event: move for (source, event), move in machine.transitions.items() if source is state}


def is_terminal[S: Enum, E: Enum](machine: Machine[S, E], state: S) -> bool:
    """Whether no event leads out of the state."""
    return not permitted(machine, state)


def _require_word(machine: str, words: type[Enum], word: object) -> None:
    """Refuse equal spellings of another machine, such as an order's `paid` where a claim's is meant."""
    if not isinstance(word, words):
        raise UnknownWordError(machine, word)
