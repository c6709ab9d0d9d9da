"""The jurisdiction's rules."""

from typing import Protocol

from riff.domain.raffles.profile import RuleProfile


class Profiles(Protocol):
    """The catalogue of rule profiles."""

    def get(self, name: str) -> RuleProfile:
        """A profile by name.

        Raises:
            UnknownProfileError: there is none of that name.
        """
        ...
