"""The certified function that selects winners, wherever it runs."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Protocol

import attrs

if TYPE_CHECKING:  # every function imports this module, and few need the core's draws
    from riff_critical.draw import Attempt, Fallback, Manifest, Opening, Seal


@attrs.frozen
class SelectionRequest:
    """Everything that the result follows from.

    Attributes:
        manifest: M.
        seal: S.
        draw: which draw.
        attempt: which attempt.
        started_at: when its start was recorded, in milliseconds.
        fallbacks: modes of M that could not be used.
        excluded: slots that cannot win.
        opening: the seed, and what is mixed into it.
        pool: the draw's pool in its compact form.
    """

    manifest: "Manifest"
    seal: "Seal"
    draw: int
    attempt: int
    started_at: int
    fallbacks: "tuple[Fallback, ...]"
    excluded: Collection[int]
    opening: "Opening" = attrs.field(repr=False)
    pool: bytes = attrs.field(repr=False)


class WinnerSelection(Protocol):
    """The certified function.  The same request always has the same answer."""

    def select(self, request: SelectionRequest) -> "Attempt":
        """The attempt with its winners.

        Raises:
            IntegrityFailureError: the function refuses what it was given; the draw stops.
            UnavailableError: the function cannot be reached; asking again is safe.
        """
        ...
