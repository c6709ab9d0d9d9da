"""The rule profiles that come with the artifact."""

from functools import cache

from riff.adapters.system.profile_catalogue import PROFILES
from riff.adapters.system.profile_document import read_catalogued
from riff.domain.raffles.profile import RuleProfile
from riff.errors import UnknownProfileError


class CataloguedProfiles:
    """Honours `riff.ports.profiles.Profiles`."""

    def get(self, name: str) -> RuleProfile:
        """A profile by name.

        Raises:
            UnknownProfileError: there is none of that name.
            ConfigurationError: the catalogue is wrong, which `./riff generate` would have told.
        """
        if name not in PROFILES:
            raise UnknownProfileError(
                "There is no such rule profile.", [("/rule_profile", "is not in the catalogue")]
            )
        return _validated(name)


@cache
def _validated(name: str) -> RuleProfile:
    return read_catalogued(name, PROFILES[name])
