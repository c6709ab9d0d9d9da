"""One damaged copy is recovered from the other; two stop the unit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riff_critical.errors import CorruptionError
from riff_critical.memory import (
    CopyState,
    Mark,
    MemoryLostError,
    Recovery,
    Store,
    acknowledge,
    append,
    empty,
    recover,
    to_bytes,
)

UNIT = b"unit 7"
RECORDS = (b"sale A", b"sale B", b"void A")
CURRENT, BEHIND, DAMAGED = CopyState.CURRENT, CopyState.BEHIND, CopyState.DAMAGED


def a_store(*records: bytes) -> Store:
    store = empty(UNIT)
    for record in records:
        store = append(store, record, limit=100)
    return store


WHOLE = a_store(*RECORDS)
DATA = to_bytes(WHOLE)
SHORTER = a_store(*RECORDS[:-1])


def flipped(at: int) -> bytes:
    data = bytearray(DATA)
    data[at // 8] ^= 1 << at % 8
    return bytes(data)


def test_every_flipped_bit_of_one_copy_is_recovered_from_the_other() -> None:
    for at in range(len(DATA) * 8):
        assert recover(UNIT, flipped(at), DATA) == Recovery(WHOLE, (DAMAGED, CURRENT))
        assert recover(UNIT, DATA, flipped(at)) == Recovery(WHOLE, (CURRENT, DAMAGED))


def test_every_flipped_bit_of_both_copies_stops_the_unit() -> None:
    for at in range(len(DATA) * 8):
        for other in (at, (at * 7 + 3) % (len(DATA) * 8)):
            with pytest.raises(MemoryLostError, match="both copies are damaged"):
                recover(UNIT, flipped(at), flipped(other))


def test_every_torn_write_leaves_the_sale_complete_or_undone() -> None:
    """The power fails after any number of bytes of a copy; behind them stand old bytes, or nothing."""
    before, after = to_bytes(SHORTER), DATA
    for length in range(len(after) + 1):
        for torn in (after[:length], after[:length] + before[length:]):
            first = recover(UNIT, torn, before).store
            assert first == (WHOLE if torn == after else SHORTER)
            assert recover(UNIT, after, torn).store == WHOLE


def test_a_copy_that_missed_a_change_is_written_anew() -> None:
    acknowledged = acknowledge(WHOLE, WHOLE.links[2].mark)
    assert recover(UNIT, DATA, to_bytes(SHORTER)) == Recovery(WHOLE, (CURRENT, BEHIND))
    assert recover(UNIT, to_bytes(SHORTER), DATA) == Recovery(WHOLE, (BEHIND, CURRENT))
    assert recover(UNIT, to_bytes(acknowledged), DATA) == Recovery(acknowledged, (CURRENT, BEHIND))
    assert recover(UNIT, DATA, to_bytes(acknowledged)) == Recovery(acknowledged, (BEHIND, CURRENT))


@pytest.mark.parametrize("position", [1, 2, 3])
def test_an_acknowledgement_up_to_any_record_is_one_change(position: int) -> None:
    shortened = acknowledge(WHOLE, WHOLE.links[position].mark)
    assert recover(UNIT, to_bytes(shortened), DATA) == Recovery(shortened, (CURRENT, BEHIND))


@pytest.mark.parametrize(
    "other",
    [
        a_store(RECORDS[0]),
        a_store(),
        a_store(*RECORDS[:2], b"another"),
        a_store(RECORDS[1], RECORDS[0]),
        acknowledge(SHORTER, SHORTER.end.mark),
    ],
)
def test_sound_copies_further_apart_stop_the_unit(other: Store) -> None:
    for copies in ((DATA, to_bytes(other)), (to_bytes(other), DATA)):
        with pytest.raises(MemoryLostError, match="contradict each other"):
            recover(UNIT, *copies)


def test_two_copies_put_back_to_an_earlier_state_are_known_by_the_last_ticket() -> None:
    old = to_bytes(SHORTER)
    assert recover(UNIT, old, old).store == SHORTER
    with pytest.raises(MemoryLostError, match="position 3 is known") as stop:
        recover(UNIT, old, old, known=WHOLE.end.mark)
    assert isinstance(stop.value, CorruptionError)
    assert recover(UNIT, DATA, DATA, known=Mark(3, WHOLE.end.head[:8])).store == WHOLE


@given(st.binary(max_size=200), st.binary(max_size=200))
def test_bytes_of_any_other_kind_stop_the_unit(first: bytes, second: bytes) -> None:
    with pytest.raises(MemoryLostError):
        recover(UNIT, first, second)
