"""A figure against its target: how the last lines of a benchmark read."""

import attrs


@attrs.frozen
class Figure:
    """What a benchmark has found, beside what is wanted.

    Attributes:
        name: as `./riff bench --list` tells it.
        value: what was measured, by default a ratio to the reference of the same run.
        target: what is wanted.
        at_most: whether the target is the most, and not the least.
        unit: what the value is.
        digits: after the decimal point.
    """

    name: str
    value: float
    target: float
    at_most: bool = False
    unit: str = "ratio"
    digits: int = 2

    @property
    def is_met(self) -> bool:
        """Whether it is as wanted."""
        return self.value <= self.target if self.at_most else self.value >= self.target

    @property
    def line(self) -> str:
        """For people and programs: `sale.8 ratio=0.58 target>=0.50 ok`."""
        sign = "<=" if self.at_most else ">="
        verdict = "ok" if self.is_met else "missed"
        return (
            f"{self.name} {self.unit}={self.value:.{self.digits}f}"
            f" target{sign}{self.target:.{self.digits}f} {verdict}"
        )


def conclude(*figures: Figure) -> int:
    """Print the figures last; the exit status tells whether every target is met."""
    for figure in figures:
        print(figure.line)
    return 0 if all(figure.is_met for figure in figures) else 1
