"""The core agrees with tests/vectors/memory.json, and the slow reference with both."""

from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riff_critical.memory import (
    Mark,
    Store,
    acknowledge,
    append,
    empty,
    from_bytes,
    recover,
    to_bytes,
)
from tests.support import vectors
from tests.support.reference import memory as reference
from tools.vectors import memory as tool

type Json = dict[str, Any]


def store(identity: bytes, records: list[bytes], limit: int = 100) -> Store:
    built = empty(identity)
    for record in records:
        built = append(built, record, limit)
    return built


def run_store(given: Json) -> Json:
    records = [bytes.fromhex(record) for record in given["records"]]
    built = store(bytes.fromhex(given["identity"]), records, given["limit"])
    return {"bytes": to_bytes(built).hex(), "marks": [link.mark.tag.hex() for link in built.links]}


def run_acknowledge(given: Json) -> Json:
    before = from_bytes(bytes.fromhex(given["identity"]), bytes.fromhex(given["bytes"]))
    after = acknowledge(before, Mark(given["position"], bytes.fromhex(given["tag"])))
    return {"bytes": to_bytes(after).hex()}


def run_read(given: Json) -> Json:
    found = from_bytes(bytes.fromhex(given["identity"]), bytes.fromhex(given["bytes"]))
    return {"base": found.base.position, "records": [record.hex() for record in found.records]}


def run_recover(given: Json) -> Json:
    known = given["known"] and Mark(given["known"]["position"], bytes.fromhex(given["known"]["tag"]))
    copies = bytes.fromhex(given["first"]), bytes.fromhex(given["second"])
    found = recover(bytes.fromhex(given["identity"]), *copies, known)
    return {"bytes": to_bytes(found.store).hex(), "copies": [copy.value for copy in found.copies]}


OPERATIONS: Final[vectors.Operations] = {
    "store": run_store,
    "acknowledge": run_acknowledge,
    "read": run_read,
    "recover": run_recover,
}


@pytest.mark.parametrize("case", list(vectors.cases("memory.json")))
def test_vector(case: Json) -> None:
    vectors.run(case, OPERATIONS)


def test_the_file_is_what_its_tool_writes() -> None:
    vectors.check_file("memory.json", tool.cases().text())


RECORDS: Final = st.lists(st.binary(min_size=1, max_size=40), max_size=8)


@given(identity=st.binary(min_size=1, max_size=20), records=RECORDS, data=st.data())
def test_agrees_with_the_reference_on_any_history(
    identity: bytes, records: list[bytes], data: st.DataObject
) -> None:
    base = data.draw(st.integers(0, len(records)))
    whole = store(identity, records)
    kept = acknowledge(whole, whole.links[base].mark)
    assert to_bytes(kept) == reference.encoded(identity, records, base)
    assert [link.mark.tag.hex() for link in whole.links] == reference.marks(identity, records)
    assert from_bytes(identity, to_bytes(kept)) == kept
