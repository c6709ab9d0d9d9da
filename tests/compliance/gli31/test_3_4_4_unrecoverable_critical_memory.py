"""GLI-31 3.4.4, unrecoverable critical memory: the unit stops until a person has cleared it."""

import pytest

from riff_critical.lifecycle import (
    SALES_UNIT,
    Guard,
    GuardUnsatisfiedError,
    SalesUnitEvent,
    SalesUnitState,
    TransitionRefusedError,
    advance,
    permitted,
)
from riff_critical.memory import MemoryLostError, append, empty, recover, to_bytes

UNIT = b"unit 7, raffle 12"
EVERY_GUARD = frozenset(Guard)


def test_two_damaged_copies_give_no_store_to_go_on_with() -> None:
    data = to_bytes(append(empty(UNIT), b"a sale", limit=10))
    for at in range(len(data)):
        damaged = data[:at] + bytes([data[at] ^ 0x80]) + data[at + 1 :]
        with pytest.raises(MemoryLostError):
            recover(UNIT, damaged, damaged)
        with pytest.raises(MemoryLostError):
            recover(UNIT, damaged, data[:at])


def test_two_sound_copies_that_contradict_each_other_give_none_either() -> None:
    one = to_bytes(append(empty(UNIT), b"a sale", limit=10))
    other = to_bytes(append(empty(UNIT), b"another sale", limit=10))
    with pytest.raises(MemoryLostError):
        recover(UNIT, one, other)


@pytest.mark.parametrize("event", SalesUnitEvent)
def test_a_unit_in_error_sells_nothing(event: SalesUnitEvent) -> None:
    if event not in permitted(SALES_UNIT, SalesUnitState.ERROR):
        with pytest.raises(TransitionRefusedError):
            advance(SALES_UNIT, SalesUnitState.ERROR, event, EVERY_GUARD)
    else:
        after = advance(SALES_UNIT, SalesUnitState.ERROR, event, EVERY_GUARD)
        assert after in {SalesUnitState.SUSPENDED, SalesUnitState.LOST}


@pytest.mark.parametrize("guard", [Guard.REASON_GIVEN, Guard.MEMORY_SOUND])
def test_it_is_cleared_with_a_reason_and_a_sound_memory_only(guard: Guard) -> None:
    with pytest.raises(GuardUnsatisfiedError, match=guard.value):
        advance(SALES_UNIT, SalesUnitState.ERROR, SalesUnitEvent.CLEAR_ERROR, EVERY_GUARD - {guard})
