import hashlib
import json
from uuid import UUID

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from riff.domain.audit.event_catalogue import EventKind
from riff.domain.audit.significant_event import Fact, SignificantEvent, StreamHead, next_event
from riff.domain.identifiers import StreamId
from tests.support.fakes import NOON

STREAM = StreamId(UUID(int=7))
facts = st.dictionaries(
    st.text(st.characters(codec="ascii", categories=["Ll"]), min_size=1),
    st.none() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(st.characters(codec="utf-8")),
)


def chain(*all_facts: dict[str, Fact]) -> list[SignificantEvent]:
    events: list[SignificantEvent] = []
    head = StreamHead()
    for each in all_facts:
        events.append(next_event(head, STREAM, EventKind.ORDER_SOLD, NOON, "guest:guest", each))
        head = events[-1].head
    return events


def is_complete(events: list[SignificantEvent], head: StreamHead) -> bool:
    """Check a stream as an outsider would, from the written method alone."""
    digest = b""
    for number, event in enumerate(events, 1):
        tag = b"riff.event.1"
        framed = bytes([len(tag)]) + tag
        for part in (digest, event.record):
            framed += len(part).to_bytes(4) + part
        digest = hashlib.sha256(framed).digest()
        if json.loads(event.record)["sequence"] != number or digest != event.digest:
            return False
    return (len(events), digest) == (head.sequence, head.digest)


@given(st.lists(facts, min_size=1, max_size=6))
def test_a_stranger_can_check_a_stream_by_the_written_method(all_facts: list[dict[str, Fact]]) -> None:
    events = chain(*all_facts)
    assert is_complete(events, events[-1].head)


@pytest.mark.parametrize("harm", ["gap", "end lost", "repeated", "swapped", "changed"])
def test_harm_to_a_stream_shows(harm: str) -> None:
    events = chain({"n": 1}, {"n": 2}, {"n": 3})
    head = events[-1].head
    changed = attrs.evolve(events[1], record=events[1].record.replace(b'"n":2', b'"n":9'))
    harmed = {
        "gap": [events[0], events[2]],
        "end lost": events[:2],
        "repeated": [events[0], events[1], events[1], events[2]],
        "swapped": [events[1], events[0], events[2]],
        "changed": [events[0], changed, events[2]],
    }[harm]
    assert not is_complete(harmed, head)


def test_the_record_names_who_what_when_and_where() -> None:
    (event,) = chain({"order": "o-1"})
    assert json.loads(event.record) == {
        "actor": "guest:guest",
        "at": "2026-05-01T12:00:00.000000Z",
        "event": "SAL-0210",
        "facts": {"order": "o-1"},
        "sequence": 1,
        "stream": str(STREAM),
    }
