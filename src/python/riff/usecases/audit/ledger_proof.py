"""Prove what a ledger holds, and that it only ever grew, from O(log n) reads."""

from collections.abc import Mapping, Sequence

import attrs

from riff.domain.audit.ledger_batch import LedgerEntry, LedgerHead
from riff.domain.audit.stored_nodes import StoredTree
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


@attrs.frozen
class Proved:
    """The proofs: one of each entry, and that of the earlier state."""

    inclusions: tuple[tuple[bytes, ...], ...]
    consistency: tuple[bytes, ...]


def prove_ledger(raffle_id: RaffleId, wanted: Wanted, work: Work) -> Proved:
    """All proofs, which are read together and checked before they are given away.

    Raises:
        IntegrityFailureError: an entry, or the stored tree, is not what the roots commit to.
    """
    made: list[tuple[bytes, ...]] = []

    def proofs(node: NodeReader) -> tuple[bytes, ...]:
        made[:] = [inclusion_proof(each.index, wanted.head.size, node) for each in wanted.entries]
        old_size = 0 if wanted.old is None else wanted.old.size
        return consistency_proof(old_size, wanted.head.size, node)

    try:
        consistency = _tree(raffle_id, work).prove(proofs)
        proved = Proved(tuple(made), consistency)
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


def _tree(raffle_id: RaffleId, work: Work) -> StoredTree:
    def entries(groups: Sequence[int]) -> Mapping[int, tuple[bytes, ...]]:
        found = work.ledger.groups(raffle_id, [group << GROUP_LEVEL for group in groups], 1 << GROUP_LEVEL)
        return {first >> GROUP_LEVEL: group for first, group in found.items()}

    return StoredTree(GROUP_LEVEL, entries, lambda wanted: work.trees.nodes(raffle_id, LEDGER_TREE, wanted))
