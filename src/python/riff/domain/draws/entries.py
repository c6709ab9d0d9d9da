"""What two officials enter while a draw is held by hand: place after place, and again where they differ."""

from collections.abc import Iterator, Sequence
from itertools import groupby

import attrs

from riff.domain.draws.records import DrawnNumber


@attrs.frozen
class Entries:
    """Everything that was entered for an attempt, by place and round.

    Attributes:
        numbers: in the order of place, round and official.
    """

    numbers: tuple[DrawnNumber, ...]

    @property
    def officials(self) -> tuple[str, ...]:
        """Who has entered anything, each once, in the order of their names."""
        return tuple(sorted({each.official for each in self.numbers}))

    @property
    def agreed(self) -> tuple[int, ...]:
        """The slots on which two officials agree, in the order of their places."""
        return tuple(group[0].slot for group in self._groups() if _agree(group))

    @property
    def place(self) -> int:
        """The place that is entered now, from 0."""
        return len(self.agreed)

    @property
    def round(self) -> int:
        """How often the officials differed at this place."""
        return sum(len(group) > 1 for group in self._here())

    @property
    def waiting(self) -> DrawnNumber | None:
        """What one official entered at this place and the other has not yet, or None."""
        return next((group[0] for group in self._here() if len(group) == 1), None)

    def _here(self) -> Iterator[Sequence[DrawnNumber]]:
        place = self.place
        return (group for group in self._groups() if group[0].place == place)

    def _groups(self) -> Iterator[Sequence[DrawnNumber]]:
        """The entries of each place and round."""
        for _, group in groupby(self.numbers, key=lambda each: (each.place, each.round)):
            yield tuple(group)


def _agree(group: Sequence[DrawnNumber]) -> bool:
    return len(group) > 1 and len({each.slot for each in group}) == 1
