"""Every hour: look at the certified core, and keep what was found."""

from riff.handlers._runtime.schedule import Run, job
from riff.usecases.audit.verify_system import VerifySystem, verify_system
from riff.wiring import services


@job(judges_core=True)
def handler(run: Run) -> None:
    """Keep what the core is now; a bad outcome is kept before the alarm is raised."""
    verify_system(VerifySystem(), services(), run)
