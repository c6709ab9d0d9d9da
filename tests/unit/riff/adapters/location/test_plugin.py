"""The supplier of locations of a deployment, loaded when a place is to be proved."""

import pytest

from riff.adapters.location.plugin import PluggedGeolocation, load
from tests.support.fakes import FakeClock
from tests.support.locations import PURCHASE, SETTINGS, evidence


def test_a_deployment_without_a_supplier_locates_nobody() -> None:
    assert PluggedGeolocation(None, FakeClock()).region(evidence(), PURCHASE) is None


def test_asks_the_supplier_that_is_configured() -> None:
    located = PluggedGeolocation(SETTINGS, FakeClock())
    assert located.region(evidence(), PURCHASE) == "CA-ON"
    assert located.region(evidence(), "another purchase") is None


@pytest.mark.parametrize(
    "name", ["os", "riff.adapters.location", "riff.adapters.location.a.b", "riff.config"]
)
def test_loads_nothing_but_an_adapter_of_locations(name: str) -> None:
    with pytest.raises(ValueError, match="is not a module below"):
        load(name)


def test_an_artifact_without_the_supplier_says_so() -> None:
    with pytest.raises(ModuleNotFoundError):
        load("riff.adapters.location.absent")
