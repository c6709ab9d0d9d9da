"""The rule profiles that come with the artifact."""

import pytest

from riff.adapters.system.profile_catalogue import PROFILES
from riff.adapters.system.profiles import CataloguedProfiles
from riff.domain.raffles.profile import DrawMode
from riff.errors import UnknownProfileError
from riff_critical.selling import Channel


@pytest.mark.parametrize("name", PROFILES)
def test_every_profile_of_the_catalogue_is_valid(name: str) -> None:
    assert CataloguedProfiles().get(name).name == name


def test_profile_has_values_and_not_texts() -> None:
    profile = CataloguedProfiles().get("permissive")
    assert (profile.channels, profile.draw_mode) == (frozenset(Channel), DrawMode.MANUAL)


@pytest.mark.parametrize("name", ["", "lenient", "../permissive", "permissive.toml"])
def test_refuses_a_profile_that_is_not_in_the_catalogue(name: str) -> None:
    with pytest.raises(UnknownProfileError):
        CataloguedProfiles().get(name)
