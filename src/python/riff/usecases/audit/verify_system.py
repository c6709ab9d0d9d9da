"""Every hour: read the certified core, compare it, and keep what was found (GLI-31 3.6.1, 5.8.1).

Commands and jobs stop by themselves where the core is another one.  This job is for whoever asks later: when
it was looked at last, by whom, and what came of it.
"""

import attrs

from riff.domain.audit.core_check import CORE_STREAM, CoreCheck
from riff.errors import IntegrityFailureError
from riff.ports.runs import Run
from riff.ports.services import Services
from riff_critical.verification import aggregate, files

_BY = "system:verify_system"


@attrs.frozen
class VerifySystem:
    """The core of this deployment."""


def verify_system(_command: VerifySystem, services: Services, run: Run) -> None:
    """Keep the outcome, and raise the alarm where it is a bad one.

    Raises:
        IntegrityFailureError: what runs is not what was certified; that is kept.
    """
    check = CoreCheck(
        checked_at=services.clock.now(),
        checked_by=_BY,
        digest=aggregate(files()).hex(),
        certified_digest=services.certified_digest,
    )
    with services.transactions.begin() as work:
        work.events.append(CORE_STREAM, check.kind, check.checked_at, check.checked_by, check.facts)
    run.count("valid" if check.is_valid else "invalid")
    if not check.is_valid:
        raise IntegrityFailureError("The certified core is not the certified one.")
