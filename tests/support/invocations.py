"""Lambda as functions that the clock starts see it."""

from collections.abc import Mapping
from typing import Any

import attrs

from riff.handlers._runtime.schedule import Job

TICK: Mapping[str, Any] = {
    "version": "0",
    "id": "5f9a2e5c-7d1c-4b57-8f0e-2f6f1f0a3c11",
    "detail-type": "Scheduled Event",
    "source": "aws.scheduler",
    "time": "2026-05-01T12:00:00Z",
    "detail": "{}",
}


@attrs.define
class Context:
    """The context of an invocation; every look at the clock takes `pace_ms`."""

    remaining_ms: int = 60_000
    pace_ms: int = 0
    aws_request_id: str = "request-1"

    def get_remaining_time_in_millis(self) -> int:
        """What is left of the function's time."""
        self.remaining_ms -= self.pace_ms
        return self.remaining_ms


def tick(job: Job, context: Context | None = None) -> Mapping[str, int]:
    """What a run of the job says that it did."""
    return job(TICK, context or Context())
