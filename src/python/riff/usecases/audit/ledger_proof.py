"""Prove what a ledger holds, and that it only ever grew, from O(log n) reads."""

from riff.domain.audit.stored_nodes import StoredTree
from riff.domain.identifiers import RaffleId
from riff.errors import IntegrityFailureError
from riff.ports.stores import Work
from riff.usecases.audit.update_ledger import GROUP_LEVEL, LEDGER_TREE
from riff_critical.ledger import (
    ProofRejectedError,
    TreePositionError,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    verify_consistency,
    verify_inclusion,
)


def prove_entry(
    raffle_id: RaffleId, index: int, text: bytes, size: int, root: bytes, work: Work
) -> tuple[bytes, ...]:
    """That an entry is in the ledger (size, root).

    Raises:
        IntegrityFailureError: the entry, or the stored tree, is not what that root commits to.
    """
    try:
        proof = _tree(raffle_id, work).prove(lambda node: inclusion_proof(index, size, node))
        verify_inclusion(leaf_hash(text), index, size, proof, root)
    except (ProofRejectedError, TreePositionError) as error:
        raise IntegrityFailureError("The ledger is not what was signed.") from error
    return proof


def prove_growth(
    raffle_id: RaffleId, old: tuple[int, bytes], new: tuple[int, bytes], work: Work
) -> tuple[bytes, ...]:
    """That the ledger of one size and root is the beginning of another.

    Raises:
        IntegrityFailureError: it is not, or the stored tree is not what the roots commit to.
    """
    (old_size, old_root), (size, root) = old, new
    try:
        proof = _tree(raffle_id, work).prove(lambda node: consistency_proof(old_size, size, node))
        verify_consistency(old_size, old_root, size, root, proof)
    except (ProofRejectedError, TreePositionError) as error:
        raise IntegrityFailureError("The ledger is not what was signed.") from error
    return proof


def _tree(raffle_id: RaffleId, work: Work) -> StoredTree:
    def entries(group: int) -> tuple[bytes, ...]:
        first = group << GROUP_LEVEL
        return tuple(work.ledger.entries(raffle_id, first, first + (1 << GROUP_LEVEL)))

    return StoredTree(GROUP_LEVEL, entries, lambda wanted: work.trees.nodes(raffle_id, LEDGER_TREE, wanted))
