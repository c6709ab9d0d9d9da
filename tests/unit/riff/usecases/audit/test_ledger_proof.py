"""Proofs of a ledger are checked before they are given away."""

import attrs
import pytest

from riff.domain.audit.ledger_batch import LedgerEntry, LedgerHead
from riff.errors import IntegrityFailureError
from riff.usecases.audit.ledger_proof import Wanted, prove_ledger
from riff.usecases.audit.update_ledger import update_ledger
from riff_critical.ledger import leaf_hash, verify_consistency, verify_inclusion
from tests.support.stage import Stage


def _grown(stage: Stage, orders: int) -> LedgerHead:
    for number in range(orders):
        stage.buy(f"{stage.now.id}-{number}-{orders}")
    with stage.fakes.transactions.begin() as work:
        return update_ledger(stage.raffle.id, work)


def _entries(stage: Stage, size: int) -> tuple[LedgerEntry, ...]:
    with stage.fakes.transactions.begin() as work:
        texts = work.ledger.entries(stage.raffle.id, 0, size)
        return tuple(LedgerEntry(index, "SALE", None, text) for index, text in enumerate(texts))


def test_proves_every_entry_and_that_the_ledger_only_grew() -> None:
    stage = Stage.of()
    old, head = _grown(stage, 5), _grown(stage, 40)
    entries = _entries(stage, head.size)
    with stage.fakes.transactions.begin() as work:
        proved = prove_ledger(stage.raffle.id, Wanted(head, entries, old), work)
    for entry, proof in zip(entries, proved.inclusions, strict=True):
        verify_inclusion(leaf_hash(entry.text), entry.index, head.size, proof, head.root)
    verify_consistency(old.size, old.root, head.size, head.root, proved.consistency)


def test_gives_no_proof_that_does_not_hold() -> None:
    stage = Stage.of()
    old, head = _grown(stage, 5), _grown(stage, 20)
    (first, *_) = _entries(stage, head.size)
    wrong = [
        Wanted(attrs.evolve(head, root=b"r" * 32), (first,)),
        Wanted(head, (attrs.evolve(first, text=b"{}"),)),
        Wanted(head, (attrs.evolve(first, index=1),)),
        Wanted(head, (), attrs.evolve(old, root=b"r" * 32)),
    ]
    for wanted in wrong:
        with stage.fakes.transactions.begin() as work, pytest.raises(IntegrityFailureError):
            prove_ledger(stage.raffle.id, wanted, work)
