"""Every minute: close the sales of raffles whose window has ended."""

from riff.handlers._runtime.schedule import Run, job
from riff.usecases.raffles.close_due_raffles import CloseDueRaffles, close_due_raffles
from riff.wiring import services


@job()
def handler(run: Run) -> None:
    """Close what is due."""
    close_due_raffles(CloseDueRaffles(), services(), run)
