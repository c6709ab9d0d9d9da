import json
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riff_critical.ledger import (
    EMPTY_ROOT,
    Frontier,
    Levels,
    NodeReader,
    ProofRejectedError,
    TreePositionError,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    root,
    verify_consistency,
    verify_inclusion,
)
from tests.support import vectors
from tests.support.reference import merkle as reference
from tools.vectors import merkle

ENTRIES = st.lists(st.binary(max_size=40), max_size=70)
NUMBERED = [number.to_bytes(4) for number in range(1100)]


def _verify_inclusion(case: dict[str, Any]) -> None:
    verify_inclusion(
        bytes.fromhex(case["leaf"]),
        case["index"],
        case["size"],
        _hashes(case["proof"]),
        bytes.fromhex(case["root"]),
    )


def _verify_consistency(case: dict[str, Any]) -> None:
    roots = bytes.fromhex(case["old_root"]), bytes.fromhex(case["root"])
    verify_consistency(case["old_size"], roots[0], case["size"], roots[1], _hashes(case["proof"]))


def _node(case: dict[str, Any]) -> NodeReader:
    return Levels(merkle.entries(max(case["size"], 0))).node


def _hashes(texts: list[str]) -> list[bytes]:
    return [bytes.fromhex(text) for text in texts]


OPERATIONS: vectors.Operations = {
    "root": lambda case: root(_hashes(case["entries"])).hex(),
    "inclusion_proof": lambda case: [
        part.hex() for part in inclusion_proof(case["index"], case["size"], _node(case))
    ],
    "verify_inclusion": _verify_inclusion,
    "consistency_proof": lambda case: [
        part.hex() for part in consistency_proof(case["old_size"], case["size"], _node(case))
    ],
    "verify_consistency": _verify_consistency,
}
SHARED = sorted((vectors.SHARED_VECTORS / "rfc6962" / "inclusion").rglob("*.json"))


@pytest.mark.parametrize("case", vectors.cases("merkle.json"))
def test_vector(case: dict[str, Any]) -> None:
    vectors.run(case, OPERATIONS)


def test_vectors_are_current() -> None:
    vectors.check_file("merkle.json", merkle.cases().text())


@pytest.mark.skipif(not SHARED, reason="the published RFC 6962 vectors are not beside this checkout")
@pytest.mark.parametrize("path", SHARED, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_published_vector(path: Path) -> None:
    case = json.loads(path.read_text())
    arguments = b64decode(case["leafHash"]), case["leafIdx"], case["treeSize"]
    proof = [b64decode(part) for part in case["proof"] or ()]
    try:
        verify_inclusion(*arguments, proof, b64decode(case["root"]))
    except ProofRejectedError:
        assert case["wantErr"]
    else:
        assert not case["wantErr"]


@given(ENTRIES)
def test_root_is_the_recursive_definition(entries: list[bytes]) -> None:
    assert reference.mth(entries) == root(iter(entries)) == Levels(entries).root()


@pytest.mark.parametrize("size", [0, 1, 255, 256, 257, 511, 512, 513, 767, 768, 1100])
def test_root_is_the_same_across_batches(size: int) -> None:
    assert reference.mth(NUMBERED[:size]) == root(NUMBERED[:size])


@given(ENTRIES, st.data())
def test_every_proof_is_the_recursive_definition_and_is_accepted(
    entries: list[bytes], data: st.DataObject
) -> None:
    levels, size = Levels(entries), len(entries)
    old_size = data.draw(st.integers(0, size))
    consistency = consistency_proof(old_size, size, levels.node)
    verify_consistency(old_size, root(entries[:old_size]), size, levels.root(), consistency)
    if old_size:
        assert tuple(reference.proof(old_size, entries)) == consistency
        inclusion = inclusion_proof(old_size - 1, size, levels.node)
        assert tuple(reference.path(old_size - 1, entries)) == inclusion
        verify_inclusion(leaf_hash(entries[old_size - 1]), old_size - 1, size, inclusion, levels.root())


@given(
    st.integers(0, 40),
    st.integers(0, 40),
    st.lists(st.sampled_from([leaf_hash(entry) for entry in NUMBERED[:4]]), max_size=6),
)
def test_accepts_exactly_what_rfc_9162_accepts(index: int, size: int, proof: list[bytes]) -> None:
    """Random hashes of the same few values, so that some proofs happen to be right."""
    leaf, expected = leaf_hash(NUMBERED[index % 4]), root(NUMBERED[:size])
    try:
        verify_inclusion(leaf, index, size, proof, expected)
    except ProofRejectedError:
        assert not reference.includes(leaf, index, size, proof, expected)
    else:
        assert reference.includes(leaf, index, size, proof, expected)


@pytest.mark.parametrize("size", range(1, 20))
def test_all_small_proofs_agree_with_rfc_9162(size: int) -> None:
    levels = Levels(NUMBERED[:size])
    for index in range(size):
        proof = list(inclusion_proof(index, size, levels.node))
        assert reference.includes(leaf_hash(NUMBERED[index]), index, size, proof, levels.root())
        for claimed in set(range(size)) - {index}:
            with pytest.raises(ProofRejectedError):
                verify_inclusion(leaf_hash(NUMBERED[index]), claimed, size, proof, levels.root())
    for old_size in range(1, size):
        proof = list(consistency_proof(old_size, size, levels.node))
        old_root = root(NUMBERED[:old_size])
        assert reference.consistent(old_size, old_root, size, levels.root(), proof)
        for claimed in set(range(size + 1)) - {old_size}:
            with pytest.raises(ProofRejectedError):
                verify_consistency(claimed, old_root, size, levels.root(), proof)


def test_proofs_of_a_large_tree_read_few_subtrees() -> None:
    read: list[tuple[int, int]] = []

    def node(level: int, index: int) -> bytes:
        read.append((level, index))
        return bytes(32)

    inclusion_proof(123_456, 1_000_001, node)
    assert len(read) <= 2 * 20
    assert all((index + 1) << level <= 1_000_001 for level, index in read)


@given(st.integers(0, 300), st.integers(0, 40))
def test_frontier_goes_on_after_a_restart(before: int, after: int) -> None:
    frontier = Frontier()
    for entry in NUMBERED[:before]:
        frontier.append(leaf_hash(entry))
    restored = Frontier.from_bytes(frontier.to_bytes())
    assert before == restored.size
    for entry in NUMBERED[before : before + after]:
        restored.append(leaf_hash(entry))
    assert reference.mth(NUMBERED[: before + after]) == restored.root()


def test_frontier_reports_the_subtrees_that_an_entry_completes() -> None:
    frontier, levels = Frontier(), Levels()
    for number, entry in enumerate(NUMBERED[:100], start=1):
        levels.append(entry)
        completed = frontier.append(leaf_hash(entry))
        named = tuple(levels.node(level, (number - 1) >> level) for level in range(len(completed)))
        assert named == completed
        assert (number & -number).bit_length() == len(completed)


def test_frontier_state_is_logarithmic() -> None:
    frontier = Frontier()
    for entry in NUMBERED[:1023]:
        frontier.append(leaf_hash(entry))
    assert len(frontier.to_bytes()) == 8 + 10 * 32


@pytest.mark.parametrize("size", [31, 33, 0])
def test_frontier_refuses_what_is_no_hash(size: int) -> None:
    frontier = Frontier()
    with pytest.raises(TreePositionError, match=str(size)):
        frontier.append(bytes(size))
    assert (frontier.size, frontier.root()) == (0, EMPTY_ROOT)


@pytest.mark.parametrize("state", [b"", bytes(7), bytes(8) + bytes(32), (3).to_bytes(8) + bytes(63)])
def test_frontier_refuses_a_state_of_another_length(state: bytes) -> None:
    with pytest.raises(TreePositionError, match="frontier"):
        Frontier.from_bytes(state)


def test_levels_know_their_size() -> None:
    assert Levels(NUMBERED[:5]).size == 5
