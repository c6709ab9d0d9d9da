"""A stored tree proves exactly what the tree itself proves."""

from collections.abc import Sequence

import pytest

from riff.domain.audit.stored_nodes import (
    RUN_NODES,
    CompletedNodes,
    NodeRange,
    NodeRun,
    edge_ranges,
    edge_runs,
    peaks_of,
    runs_over,
    stored_peaks,
    subtrees,
)
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
    """A tree that is stored in batches of seven entries, with its edge at every size.

    Attributes:
        runs: what is stored of it.
        edges: its edges, by size.
        reads: what was asked for.
    """

    def __init__(self, size: int, base: int = 0) -> None:
        self.levels = Levels(f"entry {index}".encode() for index in range(size))
        self.base = base
        self.runs: list[NodeRun] = []
        self.reads: list[NodeRange] = []
        frontier, nodes = Frontier(), CompletedNodes(base)
        self.edges = {0: frontier.to_bytes()}
        for index in range(size):
            nodes.add(frontier.append(leaf_hash(f"entry {index}".encode())), frontier.size)
            self.edges[frontier.size] = frontier.to_bytes()
            if index % 7 == 6:
                self.runs += nodes.take()
        self.runs += nodes.take()

    def reader(self, index: int, size: int) -> NodeReader:
        """What is read to prove entry `index` to be in the tree's first `size` entries."""
        wanted = runs_over(index, size, self.base)
        self.reads += wanted
        first = index >> self.base << self.base
        group = range(first, min(self.levels.size, first + (1 << self.base)))
        leaves = NodeRun(0, first, b"".join(self.levels.node(0, each) for each in group))
        computed = [leaves] if self.base else []
        return subtrees([*self.touching(wanted), *computed], peaks_of(self.edges[size]))

    def touching(self, wanted: Sequence[NodeRange]) -> list[NodeRun]:
        return [run for run in self.runs if (run.level, run.first // RUN_NODES * RUN_NODES) in wanted]


@pytest.mark.parametrize("base", [0, 4])
@pytest.mark.parametrize("size", SIZES)
def test_proves_that_an_entry_is_included(size: int, base: int) -> None:
    store = Store(size, base)
    for index in {0, size // 3, size // 2, size - 1}:
        expected = inclusion_proof(index, size, store.levels.node)
        assert expected == inclusion_proof(index, size, store.reader(index, size))


@pytest.mark.parametrize("size", SIZES)
def test_proves_that_the_tree_grew(size: int) -> None:
    store = Store(size)
    for old in {1, size // 3, size // 2, size - 1, size} - {0}:
        expected = consistency_proof(old, size, store.levels.node)
        assert expected == consistency_proof(old, size, store.reader(old - 1, size))


def test_proves_every_entry_of_every_small_tree() -> None:
    for size in range(1, 70):
        store = Store(size)
        for index in range(size):
            node = store.reader(index, size)
            assert inclusion_proof(index, size, node) == inclusion_proof(index, size, store.levels.node)
            grown = consistency_proof(index + 1, size, store.levels.node)
            assert consistency_proof(index + 1, size, node) == grown


def test_proves_an_earlier_state_of_a_tree_that_went_on() -> None:
    store = Store(1000)
    expected = inclusion_proof(10, 500, store.levels.node)
    assert expected == inclusion_proof(10, 500, store.reader(10, 500))


def test_reads_one_run_of_each_stored_level_below_the_peak() -> None:
    assert runs_over(2000, 4097) == ((0, 2000), (4, 112), (8, 0))
    assert runs_over(2000, 4097, 4) == ((4, 112), (8, 0))
    assert runs_over(4096, 4097) == ()
    assert runs_over(4095, 5000) == ((0, 4080), (4, 240), (8, 0))


def test_stores_no_hash_twice() -> None:
    store = Store(4097)
    stored = [(run.level, run.first + place) for run in store.runs for place in range(len(run.hashes) // 32)]
    assert len(set(stored)) == len(stored) == 4097 + 256 + 16 + 1


def test_keeps_back_the_runs_that_are_added_to() -> None:
    frontier, nodes = Frontier(), CompletedNodes()
    for _ in range(40):
        nodes.add(frontier.append(leaf_hash(b"entry")), frontier.size)
    whole, rest = nodes.take_whole(), nodes.take()
    assert [(run.level, run.first, len(run.hashes) // 32) for run in whole] == [(0, 0, 16), (0, 16, 16)]
    assert {(run.level, run.first, len(run.hashes) // 32) for run in rest} == {(0, 32, 8), (4, 0, 2)}
    assert nodes.take() == ()


@pytest.mark.parametrize("size", [0, 1, 5, 0xFFFF, 0x1FFFF, 0x3FFFFFFF])
def test_keeps_the_edge_of_a_tree_that_grows_no_more(size: int) -> None:
    frontier = size.to_bytes(8) + b"".join(bytes([peak]) * 32 for peak in range(size.bit_count()))
    runs = edge_runs(frontier)
    assert edge_ranges(size) == tuple((run.level, run.first) for run in runs)
    peaks = peaks_of(frontier)
    assert len(peaks) == size.bit_count()
    assert stored_peaks(size, [NodeRun(4, 0, bytes(32)), *reversed(runs)]) == peaks


@pytest.mark.parametrize("lost", [0, 4, 8])
def test_refuses_a_tree_that_lacks_a_part(lost: int) -> None:
    store = Store(4097)
    place = (lost, 2000 >> lost >> 4)
    store.runs = [run for run in store.runs if (run.level, run.first >> 4) != place]
    with pytest.raises(TreePositionError):
        inclusion_proof(2000, 4097, store.reader(2000, 4097))
