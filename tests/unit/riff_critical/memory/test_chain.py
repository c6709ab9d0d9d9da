"""Every record fixes all records before it."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riff_critical.memory import MAX_IDENTITY_BYTES, MAX_RECORD_BYTES, Link, Mark, RecordSizeError, start


def test_is_what_the_method_says_reckoned_by_hand() -> None:
    first = sha256(b"\x11riff/memory/start" + b"\0\0\0\4unit").digest()
    assert start(b"unit") == Link(0, first)
    second = sha256(
        b"\x12riff/memory/record" + b"\0\0\0\x20" + first + b"\0\0\0\x08" + (1).to_bytes(8) + b"\0\0\0\4sale"
    ).digest()
    assert start(b"unit").after(b"sale") == Link(1, second)
    assert start(b"unit").after(b"sale").mark == Mark(1, second[:8])


@given(st.binary(min_size=1, max_size=30), st.binary(min_size=1, max_size=30))
def test_other_bytes_give_another_chain(one: bytes, other: bytes) -> None:
    assert (start(one) == start(other)) is (one == other)
    assert (start(b"unit").after(one) == start(b"unit").after(other)) is (one == other)


def test_the_position_is_part_of_the_head() -> None:
    link = start(b"unit")
    assert link.after(b"sale").head != Link(5, link.head).after(b"sale").head


@pytest.mark.parametrize("record", [b"", b"x" * (MAX_RECORD_BYTES + 1), "sale", None, 7, bytearray(b"sale")])
def test_refuses_a_record_of_no_size(record: bytes) -> None:
    with pytest.raises(RecordSizeError, match="a record is 1 to 4096 bytes"):
        start(b"unit").after(record)


@pytest.mark.parametrize("identity", [b"", b"x" * (MAX_IDENTITY_BYTES + 1), "unit", None])
def test_refuses_an_identity_of_no_size(identity: bytes) -> None:
    with pytest.raises(RecordSizeError, match="an identity is 1 to 256 bytes"):
        start(identity)
