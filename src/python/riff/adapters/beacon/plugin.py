"""The beacon, loaded when a draw asks for it: most functions draw nothing, and their artifacts lack it."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Final, Protocol, cast

from riff.errors import BeaconUnavailableError
from riff.ports.clock import Clock

if TYPE_CHECKING:
    from riff.ports.services import BeaconSettings
    from riff_critical.draw import Beacon, BeaconValue

_MODULE: Final = "riff.adapters.beacon.drand"


class Relays(Protocol):
    """Whoever hands out a beacon's values."""

    def value(self, beacon: Beacon, round_: int) -> BeaconValue:
        """The value of a round, whose signature was checked."""
        ...


class RelayModule(Protocol):
    """What a module of relays offers."""

    def connect(self, relays: Sequence[str], clock: Clock) -> Relays:
        """The relays, ready to be asked; no connection is made yet."""
        ...


class PluggedBeacon:
    """Honours `riff.ports.beacon.RandomnessBeacon` through drand's relays."""

    def __init__(self, settings: BeaconSettings, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock

    @property
    def planned(self) -> Beacon | None:
        """The beacon that raffles activated here plan with."""
        return self._settings.planned

    def value(self, beacon: Beacon, round_: int) -> BeaconValue:
        """The value of a round, whose signature was checked under the beacon's public key."""
        if not self._settings.relays:
            raise BeaconUnavailableError(
                "No relay has the beacon's value.", round=round_, relays="none is set"
            )
        return self._relays.value(beacon, round_)

    @cached_property
    def _relays(self) -> Relays:
        module = cast("RelayModule", importlib.import_module(_MODULE))
        return module.connect(self._settings.relays, self._clock)
