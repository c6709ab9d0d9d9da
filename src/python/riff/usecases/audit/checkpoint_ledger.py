"""Every minute: bring the ledgers of all raffles up to date, and sign their state (SD/1, step 3)."""

from functools import partial

import attrs

from riff.domain.identifiers import RaffleId
from riff.ports.runs import Run
from riff.ports.services import Services
from riff.usecases.audit.sign_checkpoint import checkpoint_raffle


@attrs.frozen
class CheckpointLedger:
    """Every ledger that may be behind."""


def checkpoint_ledger(_command: CheckpointLedger, services: Services, run: Run) -> None:
    """Sign every ledger that has grown, while the run has time; nothing is signed twice."""
    with services.transactions.begin() as work:
        behind = work.ledger.behind()
    for raffle_id in behind:
        if not run.time_left():
            run.count("left for the next run")
            return
        run.attempt(raffle_id, partial(_checkpoint, raffle_id, services))


def _checkpoint(raffle_id: RaffleId, services: Services) -> str:
    note = checkpoint_raffle(raffle_id, services)
    if note is None:
        return "empty"
    return "signed" if len(note.signatures) > services.ledger.quorum else "too few witnesses"
