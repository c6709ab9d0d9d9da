"""One run of a job that the clock starts."""

from collections.abc import Callable
from typing import Protocol
from uuid import UUID


class Run(Protocol):
    """What the use case of a job sees of the run that it is part of.

    A job is started again and again, perhaps while an earlier run goes on: whatever it does must be harmless
    when done twice, and what one run leaves undone the next one finds.
    """

    def time_left(self) -> bool:
        """Whether there is time to begin something more; a job that is told no returns."""
        ...

    def count(self, word: str, number: int = 1) -> None:
        """Add to what the run tells of itself: a word for what was done, and how often."""
        ...

    def attempt(self, subject: UUID, work: Callable[[], str]) -> None:
        """Work on one thing among many, and count the word that the work returns.

        Whatever it raises is logged with the name of the thing and counted as failed; the others are worked
        on all the same, and the run as a whole fails once it has ended.
        """
        ...
