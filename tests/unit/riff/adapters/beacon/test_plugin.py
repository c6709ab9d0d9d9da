"""The beacon of a deployment, loaded when a draw asks for it."""

import pytest

from riff.adapters.beacon.plugin import PluggedBeacon
from riff.errors import BeaconEarlyError, BeaconUnavailableError
from riff.ports.services import BeaconSettings
from tests.support.fakes import FakeClock
from tests.support.quicknet import QUICKNET

RELAYS = ("http://127.0.0.1:1", "http://127.0.0.1:2")


def test_names_the_beacon_that_raffles_plan_with() -> None:
    assert PluggedBeacon(BeaconSettings(RELAYS, QUICKNET), FakeClock()).planned == QUICKNET


def test_a_deployment_without_relays_has_no_values() -> None:
    beacon = PluggedBeacon(BeaconSettings(), FakeClock())
    assert beacon.planned is None
    with pytest.raises(BeaconUnavailableError):
        beacon.value(QUICKNET, 1)


def test_asks_the_relays() -> None:
    beacon = PluggedBeacon(BeaconSettings(RELAYS, QUICKNET), FakeClock())
    with pytest.raises(BeaconUnavailableError) as refused:
        beacon.value(QUICKNET, 1)
    assert refused.value.facts["relays"] == "127.0.0.1:1: no answer; 127.0.0.1:2: no answer"
    with pytest.raises(BeaconEarlyError):
        beacon.value(QUICKNET, 10**9)
