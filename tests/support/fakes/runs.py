"""One run of a job, with as much time as a test gives it."""

from collections import Counter
from collections.abc import Callable
from uuid import UUID


class FakeRun:
    """Honours `riff.ports.runs.Run`.

    Attributes:
        counts: what the run told of itself.
        failures: what went wrong, by the thing it went wrong with.
    """

    def __init__(self, steps: int = 1_000_000) -> None:
        self.counts: Counter[str] = Counter()
        self.failures: dict[UUID, Exception] = {}
        self._steps = steps

    def time_left(self) -> bool:
        """Whether the run may begin something more; asking takes a step."""
        self._steps -= 1
        return self._steps >= 0

    def count(self, word: str, number: int = 1) -> None:
        """Add to what the run tells."""
        self.counts[word] += number

    def attempt(self, subject: UUID, work: Callable[[], str]) -> None:
        """Work on one thing; what it raises is kept."""
        try:
            self.count(work())
        except Exception as error:  # noqa: BLE001 - as the frame of jobs does
            self.failures[subject] = error
            self.count("failed")
