"""The beacon, loaded when a draw asks for it: most functions draw nothing, and their artifacts lack it."""

import importlib
from collections.abc import Sequence
from functools import cached_property
from typing import Final, Protocol, cast

from riff.ports.beacon import RandomnessBeacon
from riff.ports.clock import Clock
from riff_critical.draw import Beacon, BeaconValue

_MODULE: Final = "riff.adapters.beacon.drand"


class BeaconModule(Protocol):
    """What a beacon's module offers."""

    def connect(self, relays: Sequence[str], clock: Clock) -> RandomnessBeacon:
        """The beacon, ready to be asked; no connection is made yet."""
        ...


class PluggedBeacon:
    """Honours `riff.ports.beacon.RandomnessBeacon` through drand's relays."""

    def __init__(self, relays: Sequence[str], clock: Clock) -> None:
        self._relays = tuple(relays)
        self._clock = clock

    def value(self, beacon: Beacon, round_: int) -> BeaconValue:
        """The value of a round, whose signature was checked under the beacon's public key."""
        return self._beacon.value(beacon, round_)

    @cached_property
    def _beacon(self) -> RandomnessBeacon:
        module = cast("BeaconModule", importlib.import_module(_MODULE))
        return module.connect(self._relays, self._clock)
