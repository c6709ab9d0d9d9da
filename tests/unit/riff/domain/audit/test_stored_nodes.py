"""A stored tree proves exactly what the tree itself proves."""

from collections.abc import Sequence
from functools import partial

import pytest

from riff.domain.audit.stored_nodes import RUN_NODES, CompletedNodes, NodeRange, NodeRun, Proof, StoredTree
from riff_critical.ledger import (
    Frontier,
    Levels,
    NodeReader,
    TreePositionError,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
)

SIZES = (1, 2, 15, 16, 17, 31, 255, 256, 257, 300, 4097)


class Store:
    """A tree that is stored in batches of seven entries.

    Attributes:
        runs: what is stored of it.
        reads: what was asked for.
    """

    def __init__(self, size: int, base: int = 4) -> None:
        self.levels = Levels(self.entry(index) for index in range(size))
        self.base = base
        self.runs: list[NodeRun] = []
        self.reads: list[object] = []
        frontier, nodes = Frontier(), CompletedNodes(base)
        for index in range(size):
            nodes.add(frontier.append(leaf_hash(self.entry(index))), frontier.size)
            if index % 7 == 6:
                self.runs += nodes.take()
        self.runs += nodes.take()

    @staticmethod
    def entry(index: int) -> bytes:
        return f"entry {index}".encode()

    def entries(self, groups: Sequence[int]) -> dict[int, list[bytes]]:
        self.reads += groups
        ends = {group: min(self.levels.size, group + 1 << self.base) for group in groups}
        return {
            group: [self.entry(index) for index in range(group << self.base, end)]
            for group, end in ends.items()
        }

    def nodes(self, wanted: Sequence[NodeRange]) -> list[NodeRun]:
        self.reads += wanted
        return [run for run in self.runs if (run.level, run.first // RUN_NODES * RUN_NODES) in wanted]

    def prove(self, proof: Proof[tuple[bytes, ...]]) -> tuple[bytes, ...]:
        tree = StoredTree(self.base)
        needs = tree.needs(proof)
        return tree.prove(proof, self.nodes(needs.nodes), self.entries(needs.groups))


@pytest.mark.parametrize("base", [4, 8])
@pytest.mark.parametrize("size", SIZES)
def test_proves_that_an_entry_is_included(size: int, base: int) -> None:
    store = Store(size, base)
    for index in {0, size // 3, size // 2, size - 1}:
        expected = inclusion_proof(index, size, store.levels.node)
        assert expected == store.prove(partial(inclusion_proof, index, size))


@pytest.mark.parametrize("size", SIZES)
def test_proves_that_the_tree_grew(size: int) -> None:
    store = Store(size)
    for old in {0, 1, size // 3, size // 2, size - 1, size}:
        expected = consistency_proof(old, size, store.levels.node)
        assert expected == store.prove(partial(consistency_proof, old, size))


def test_proves_an_earlier_state_of_a_tree_that_went_on() -> None:
    store = Store(1000)
    expected = inclusion_proof(10, 500, store.levels.node)
    assert expected == store.prove(lambda node: inclusion_proof(10, 500, node))


def test_reads_one_run_of_each_stored_level_and_two_groups() -> None:
    store = Store(4097)
    store.prove(lambda node: inclusion_proof(2000, 4097, node))
    runs = [read for read in store.reads if isinstance(read, tuple)]
    assert runs == [(4, 112), (8, 0)]
    assert len(store.reads) - len(runs) == 2


def test_stores_no_hash_twice() -> None:
    store = Store(4097)
    stored = [(run.level, run.first + place) for run in store.runs for place in range(len(run.hashes) // 32)]
    assert len(set(stored)) == len(stored) == 4096 // 16 + 4096 // 256 + 1


@pytest.mark.parametrize("lost", [4, 8])
def test_refuses_a_tree_that_lacks_a_part(lost: int) -> None:
    store = Store(4097)
    store.runs = [run for run in store.runs if run.level != lost]

    def proof(node: NodeReader) -> tuple[bytes, ...]:
        return inclusion_proof(2000, 4097, node)

    with pytest.raises(TreePositionError):
        store.prove(proof)
