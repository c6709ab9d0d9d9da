"""Every minute: enter into every ledger what happened, and sign its state."""

from riff.handlers._runtime.schedule import Run, job
from riff.usecases.audit.checkpoint_ledger import CheckpointLedger, checkpoint_ledger
from riff.wiring import services


@job()
def handler(run: Run) -> None:
    """Bring the ledgers up to date."""
    checkpoint_ledger(CheckpointLedger(), services(), run)
