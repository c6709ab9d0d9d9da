from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riff_critical.documents import DocumentError
from riff_critical.ledger import Record, Sale, Void, entry, parse_entry, salted_hash
from tests.support import vectors
from tools.vectors import records

HASHES = st.binary(min_size=32, max_size=32)
SLOTS = st.integers(0, 10**9)
NAMES = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._:/-]{0,99}", fullmatch=True)
LINES = st.text(st.characters(codec="utf-8", min_codepoint=32), min_size=1, max_size=200)
RECORDS = st.one_of(
    st.builds(Sale, SLOTS, HASHES, SLOTS, st.integers(1, 100), HASHES, NAMES, SLOTS, NAMES),
    st.builds(Void, SLOTS, HASHES, SLOTS, st.integers(1, 100), SLOTS, LINES),
)


def _entry(case: dict[str, Any]) -> dict[str, Any]:
    record = parse_entry(case["entry"].encode())
    assert case["entry"].encode() == entry(record)
    return {"kind": record.KIND, **record.to_json()}


OPERATIONS: vectors.Operations = {
    "entry": _entry,
    "salted_hash": lambda case: salted_hash(bytes.fromhex(case["salt"]), case["value"]).hex(),
}


@pytest.mark.parametrize("case", vectors.cases("records.json"))
def test_vector(case: dict[str, Any]) -> None:
    vectors.run(case, OPERATIONS)


def test_vectors_are_current() -> None:
    vectors.check_file("records.json", records.cases().text())


@given(RECORDS)
def test_what_is_written_is_read_back(record: Record) -> None:
    assert record == parse_entry(entry(record))


@given(st.binary(max_size=80))
def test_bytes_are_an_entry_or_refused(data: bytes) -> None:
    with pytest.raises(DocumentError):
        parse_entry(data)


def test_refuses_an_entry_beyond_4096_bytes() -> None:
    with pytest.raises(DocumentError, match="4096"):
        parse_entry(b" " * 4097)
    with pytest.raises(DocumentError, match="canonical"):
        parse_entry(b" " * 4096)
