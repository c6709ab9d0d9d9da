"""Limits of a member of a body, as part of its type: `numbers: Annotated[int, Between(1, 1_000)]`.

`wire` enforces them while it reads, so that one reply names every member that is wrong; a contract test
holds them equal to the limits that OpenAPI publishes.
"""

import re
from typing import Protocol

import attrs


class Limit(Protocol):
    """What the annotation of a member may carry."""

    def refusal(self, value: object) -> str | None:
        """What is wrong with a value that has the right type already, or None."""
        ...


@attrs.frozen
class Between:
    """A number from `least` to `most`, both included."""

    least: int
    most: int

    def refusal(self, value: object) -> str | None:
        """What is wrong with the number, or None."""
        if isinstance(value, int) and self.least <= value <= self.most:
            return None
        return f"must be between {self.least} and {self.most}"


@attrs.frozen
class Length:
    """A text of `least` to `most` characters that does not consist of white space alone."""

    least: int
    most: int

    def refusal(self, value: object) -> str | None:
        """What is wrong with the text, or None."""
        if not isinstance(value, str) or not self.least <= len(value) <= self.most:
            return f"must have {self.least} to {self.most} characters"
        return "must not be blank" if self.least and value.isspace() else None


@attrs.frozen
class Items:
    """A list of `least` to `most` entries."""

    least: int
    most: int

    def refusal(self, value: object) -> str | None:
        """What is wrong with the list, or None."""
        if isinstance(value, tuple | frozenset) and self.least <= len(value) <= self.most:
            return None
        return f"must have {self.least} to {self.most} entries"


@attrs.frozen
class Matches:
    """A text that a regular expression describes from its first to its last character."""

    pattern: str
    meaning: str

    def refusal(self, value: object) -> str | None:
        """What is wrong with the text, or None."""
        if isinstance(value, str) and re.fullmatch(self.pattern, value):
            return None
        return f"must be {self.meaning}"
