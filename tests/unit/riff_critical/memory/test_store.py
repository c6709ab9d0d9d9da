"""Every single damage to a small store is found."""

from collections.abc import Iterator
from itertools import permutations

import pytest

from riff_critical.errors import CorruptionError, RefusedError
from riff_critical.memory import (
    MAX_RECORDS,
    BufferFullError,
    BufferLimitError,
    Mark,
    MarkNotHeldError,
    RecordSizeError,
    Store,
    StoreDamagedError,
    acknowledge,
    append,
    empty,
    from_bytes,
    to_bytes,
)

UNIT = b"unit 7"
RECORDS = (b"sale A", b"sale B", b"void A", b"sale B")
HEADER_BYTES = 80


def a_store(*records: bytes) -> Store:
    store = empty(UNIT)
    for record in records:
        store = append(store, record, limit=100)
    return store


WHOLE = a_store(*RECORDS)
DATA = to_bytes(WHOLE)
PIECES = [len(record).to_bytes(4) + record for record in RECORDS]


def bodies() -> Iterator[tuple[str, list[bytes]]]:
    """Every deletion, repetition and exchange of records, and every other order of them."""
    for at in range(len(PIECES)):
        yield f"without {at}", PIECES[:at] + PIECES[at + 1 :]
        yield f"twice {at}", PIECES[: at + 1] + PIECES[at:]
        for to in range(len(PIECES)):
            yield f"{to} in place of {at}", [*PIECES[:at], PIECES[to], *PIECES[at + 1 :]]
    for order in permutations(range(len(PIECES))):
        yield f"order {order}", [PIECES[at] for at in order]


def damages() -> Iterator[tuple[str, bytes]]:
    for at in range(len(DATA) * 8):
        flipped = bytearray(DATA)
        flipped[at // 8] ^= 1 << at % 8
        yield f"bit {at}", bytes(flipped)
    for length in range(len(DATA)):
        yield f"first {length} bytes", DATA[:length]
        yield f"all but the first {length + 1} bytes", DATA[length + 1 :]
        yield f"byte {length} lost", DATA[:length] + DATA[length + 1 :]
        yield f"byte {length} twice", DATA[: length + 1] + DATA[length:]
    for name, pieces in bodies():
        body = b"".join(pieces)
        if body != DATA[HEADER_BYTES:]:
            yield name, DATA[:HEADER_BYTES] + body
            yield f"{name}, counted so", DATA[:44] + len(pieces).to_bytes(4) + DATA[48:HEADER_BYTES] + body


DAMAGES = dict(damages())


def test_every_damage_is_found() -> None:
    assert len(DAMAGES) > 1_500
    for name, data in DAMAGES.items():
        with pytest.raises(StoreDamagedError):
            pytest.fail(f"{name}: {from_bytes(UNIT, data)}")


@pytest.mark.parametrize("count", range(len(RECORDS) + 1))
def test_sound_bytes_are_read_back(count: int) -> None:
    store = a_store(*RECORDS[:count])
    assert from_bytes(UNIT, to_bytes(store)) == store


def test_another_unit_cannot_read_it() -> None:
    with pytest.raises(StoreDamagedError, match="seal") as stop:
        from_bytes(b"unit 8", DATA)
    assert isinstance(stop.value, CorruptionError)


@pytest.mark.parametrize("identity", [b"", None, "unit 7"])
def test_refuses_to_read_for_no_unit(identity: bytes) -> None:
    with pytest.raises(RecordSizeError):
        from_bytes(identity, DATA)


def test_says_what_is_wrong() -> None:
    for data, message in (
        (b"RFM2" + DATA[4:], "not a store"),
        (DATA[:-1], "ends after 119 bytes"),
        (DATA + b"xy", "2 bytes follow"),
        (DATA[:80] + bytes(4) + DATA[84:], "a record cannot be"),
        (DATA[:-1] + b"C", "the seal does not fit"),
    ):
        with pytest.raises(StoreDamagedError, match=message):
            from_bytes(UNIT, data)


def test_appending_changes_only_number_seal_and_end() -> None:
    longer = to_bytes(append(WHOLE, b"sale C", limit=100))
    assert longer[:44] == DATA[:44]
    assert longer[80 : len(DATA)] == DATA[80:]
    assert longer[len(DATA) :] == b"\0\0\0\6sale C"


def test_stops_at_the_buffer_limit_until_the_upload_is_acknowledged() -> None:
    with pytest.raises(BufferFullError, match="4 records wait for upload, the limit is 4") as refusal:
        append(WHOLE, b"sale C", limit=4)
    assert isinstance(refusal.value, RefusedError)
    after = acknowledge(WHOLE, WHOLE.links[1].mark)
    assert append(after, b"sale C", limit=4).records == (*RECORDS[1:], b"sale C")


@pytest.mark.parametrize("limit", [1, MAX_RECORDS])
def test_accepts_the_lowest_and_the_highest_limit(limit: int) -> None:
    assert append(empty(UNIT), b"sale", limit=limit).records == (b"sale",)


@pytest.mark.parametrize("limit", [0, -1, MAX_RECORDS + 1, True, 4.0, "4", None])
def test_refuses_a_limit_that_is_none(limit: int) -> None:
    with pytest.raises(BufferLimitError, match=repr(limit)):
        append(empty(UNIT), b"sale", limit=limit)


def test_the_chain_goes_on_unbroken_after_an_acknowledgement() -> None:
    whole, shortened = WHOLE, acknowledge(WHOLE, WHOLE.end.mark)
    assert shortened.records == ()
    assert shortened.end == whole.end
    assert append(shortened, b"sale C", limit=1).end == append(whole, b"sale C", limit=100).end


def test_an_acknowledgement_repeated_changes_nothing() -> None:
    once = acknowledge(WHOLE, WHOLE.links[2].mark)
    assert acknowledge(once, WHOLE.links[2].mark) == once


@pytest.mark.parametrize(
    "mark",
    [
        Mark(2, WHOLE.links[3].mark.tag),
        Mark(5, WHOLE.end.mark.tag),
        Mark(2, b""),
        Mark(-1, WHOLE.links[2].mark.tag),
        a_store(b"other", b"records").end.mark,
    ],
)
def test_refuses_to_forget_by_a_foreign_mark(mark: Mark) -> None:
    with pytest.raises(MarkNotHeldError):
        acknowledge(WHOLE, mark)
    assert not WHOLE.holds(mark)


def test_holds_every_mark_from_base_to_end() -> None:
    shortened = acknowledge(WHOLE, WHOLE.links[2].mark)
    assert [shortened.holds(link.mark) for link in WHOLE.links] == [False, False, True, True, True]


def test_refuses_more_records_than_a_store_can_hold() -> None:
    """The number is refused by the bytes running out, before memory does."""
    with pytest.raises(StoreDamagedError):
        from_bytes(UNIT, DATA[:44] + b"\xff" * 4 + DATA[48:])
