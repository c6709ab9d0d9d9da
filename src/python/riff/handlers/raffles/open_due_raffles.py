"""Every minute: put on record that sales have begun."""

from riff.handlers._runtime.schedule import Run, job
from riff.usecases.raffles.open_due_raffles import OpenDueRaffles, open_due_raffles
from riff.wiring import services


@job()
def handler(run: Run) -> None:
    """Record what has begun."""
    open_due_raffles(OpenDueRaffles(), services(), run)
