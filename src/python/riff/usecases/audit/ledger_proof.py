"""Prove what a ledger holds, and that it only ever grew, from O(log n) reads."""

from collections.abc import Mapping, Sequence
from typing import Final

import attrs

from riff.domain.audit.ledger_batch import LedgerEntry, LedgerHead
from riff.domain.audit.stored_nodes import Needs, NodeRun, StoredTree
from riff.domain.identifiers import RaffleId
from riff.errors import IntegrityFailureError
from riff.ports.stores import Work
from riff.usecases.audit.update_ledger import GROUP_LEVEL, LEDGER_TREE
from riff_critical.ledger import (
    NodeReader,
    ProofRejectedError,
    TreePositionError,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    verify_consistency,
    verify_inclusion,
)

_TREE: Final = StoredTree(GROUP_LEVEL)


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

    def made(self, node: NodeReader) -> tuple[tuple[bytes, ...], ...]:
        """The proofs of the entries, and then that of the earlier state."""
        size, old_size = self.head.size, 0 if self.old is None else self.old.size
        inclusions = (inclusion_proof(each.index, size, node) for each in self.entries)
        return (*inclusions, consistency_proof(old_size, size, node))

    def needs(self) -> Needs:
        """What has to be read of the ledger's tree."""
        return _TREE.needs(self.made)


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
    needs = wanted.needs()
    nodes = work.trees.nodes(raffle_id, {LEDGER_TREE: needs.nodes})[LEDGER_TREE]
    return prove_from_nodes(wanted, nodes, ledger_groups(raffle_id, needs, work))


def prove_from_nodes(
    wanted: Wanted, nodes: Sequence[NodeRun], groups: Mapping[int, tuple[bytes, ...]]
) -> Proved:
    """As `prove_ledger`, for whoever reads the nodes of several trees at once.

    Raises:
        IntegrityFailureError: an entry, or the stored tree, is not what the roots commit to.
    """
    try:
        *inclusions, consistency = _TREE.prove(wanted.made, nodes, groups)
        proved = Proved(tuple(inclusions), consistency)
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


def ledger_groups(raffle_id: RaffleId, needs: Needs, work: Work) -> Mapping[int, tuple[bytes, ...]]:
    """The entries that a proof needs, by group."""
    if not needs.groups:
        return {}
    found = work.ledger.groups(raffle_id, [group << GROUP_LEVEL for group in needs.groups], 1 << GROUP_LEVEL)
    return {first >> GROUP_LEVEL: group for first, group in found.items()}
