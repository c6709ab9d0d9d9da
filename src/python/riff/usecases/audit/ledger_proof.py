"""Prove what a ledger holds, and that it only ever grew, from O(log n) reads."""

from collections.abc import Sequence

import attrs

from riff.domain.audit.ledger_batch import LedgerEntry, LedgerHead
from riff.domain.audit.stored_nodes import NodeRange, NodeRun, peaks_of, runs_over, subtrees
from riff.domain.identifiers import RaffleId
from riff.errors import IntegrityFailureError
from riff.ports.stores import Work
from riff.usecases.audit.update_ledger import LEDGER_TREE
from riff_critical.ledger import (
    ProofRejectedError,
    TreePositionError,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    verify_consistency,
    verify_inclusion,
)


@attrs.frozen
class Wanted:
    """What is to be proved of a ledger.

    Attributes:
        head: the state that the proofs lead to.
        entries: are in it.
        old: an earlier state, which it begins with; None where that is not asked.
    """

    head: LedgerHead
    entries: tuple[LedgerEntry, ...] = ()
    old: LedgerHead | None = None

    def nodes(self) -> tuple[NodeRange, ...]:
        """What has to be read of the ledger's tree, beside its edge."""
        size, old = self.head.size, self.old
        places = [each.index for each in self.entries]
        if old is not None and 0 < old.size < size:
            places.append(old.size - 1)
        return tuple({each: None for index in places for each in runs_over(index, size)})


@attrs.frozen
class Proved:
    """The proofs: one of each entry, and that of the earlier state."""

    inclusions: tuple[tuple[bytes, ...], ...]
    consistency: tuple[bytes, ...]


def prove_ledger(raffle_id: RaffleId, wanted: Wanted, work: Work) -> Proved:
    """All proofs, checked before they are given away.

    Raises:
        IntegrityFailureError: an entry, or the stored tree, is not what the roots commit to.
    """
    nodes = work.trees.nodes(raffle_id, {LEDGER_TREE: wanted.nodes()})[LEDGER_TREE]
    return prove_from_nodes(wanted, nodes, work.ledger.frontier(raffle_id, wanted.head.size))


def prove_from_nodes(wanted: Wanted, nodes: Sequence[NodeRun], frontier: bytes) -> Proved:
    """As `prove_ledger`, for whoever reads more than that: the nodes, and the frontier of the head.

    Raises:
        IntegrityFailureError: an entry, or the stored tree, is not what the roots commit to.
    """
    node = subtrees(nodes, peaks_of(frontier))
    size, old_size = wanted.head.size, 0 if wanted.old is None else wanted.old.size
    try:
        proved = Proved(
            tuple(inclusion_proof(each.index, size, node) for each in wanted.entries),
            consistency_proof(old_size, size, node),
        )
        _check(wanted, proved)
    except (ProofRejectedError, TreePositionError) as error:
        raise IntegrityFailureError("The ledger is not what was signed.") from error
    return proved


def _check(wanted: Wanted, proved: Proved) -> None:
    head, old = wanted.head, wanted.old
    for each, proof in zip(wanted.entries, proved.inclusions, strict=True):
        verify_inclusion(leaf_hash(each.text), each.index, head.size, proof, head.root)
    if old is not None:
        verify_consistency(old.size, old.root, head.size, head.root, proved.consistency)
