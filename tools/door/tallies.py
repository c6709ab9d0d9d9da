"""What Terraform said of every unit, counted: for people by unit, for programs in one line."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

# Terragrunt puts the unit's path before what Terraform says.
_SAID: Final = re.compile(
    r"\[\S*\.terragrunt-stack/(?P<unit>\S+)\] terraform: "
    r"(?P<words>No changes\b.*|Plan: .*|(?:Apply|Destroy) complete! .*|You can apply this plan to save .*)"
)
_COUNT: Final = re.compile(r"(\d+) (?:to )?(add|change|destroy)")
_ONLY_OUTPUTS: Final = "outputs would change"


@dataclass(frozen=True)
class Tally:
    """One unit: what was, or would be, done to it."""

    unit: str
    words: str
    added: int = 0
    changed: int = 0
    destroyed: int = 0

    @property
    def untouched(self) -> bool:
        """Whether nothing was done to it, or would be."""
        return not (self.added or self.changed or self.destroyed or self.words == _ONLY_OUTPUTS)


def tallies(log: Path) -> list[Tally]:
    """What a log says of every unit, by name."""
    found = {}
    for said in _SAID.finditer(log.read_text()):
        words = said["words"].strip()
        counts = {f"{kind.rstrip('e')}ed": int(number) for number, kind in _COUNT.findall(words)}
        words = _ONLY_OUTPUTS if words.startswith("You can") else words
        found[said["unit"]] = Tally(said["unit"], words, **counts)
    return [found[unit] for unit in sorted(found)]


def summary(verb: str, environment: str, counted: list[Tally]) -> str:
    """One line, for programs too: `plan local: units=18 touched=0 add=0 change=0 destroy=0`."""
    touched = sum(not each.untouched for each in counted)
    kinds = {
        "add": sum(each.added for each in counted),
        "change": sum(each.changed for each in counted),
        "destroy": sum(each.destroyed for each in counted),
    }
    figures = {"units": len(counted), "touched": touched, **kinds}
    return f"{verb} {environment}: " + " ".join(f"{name}={figure}" for name, figure in figures.items())
