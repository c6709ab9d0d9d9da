"""The supplier of locations, loaded when a place is to be proved: most functions sell nothing and lack it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final, Protocol, cast

from riff.adapters.plugins import adapter

if TYPE_CHECKING:
    from riff.ports.clock import Clock
    from riff.ports.geolocation import Geolocation
    from riff.ports.services import LocationSettings

_PARENT: Final = "riff.adapters.location"


class LocationModule(Protocol):
    """What a supplier's module offers."""

    def connect(self, settings: LocationSettings, clock: Clock) -> Geolocation:
        """The supplier, ready to be asked; no connection is made yet."""
        ...


class PluggedGeolocation:
    """Honours `riff.ports.geolocation.Geolocation` through the supplier that configuration names.

    Without one, nobody is located: a raffle with a location gate sells nothing online.
    """

    def __init__(self, settings: LocationSettings | None, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock

    def region(self, evidence: str, purchase: str) -> str | None:
        """The region that the evidence proves the buyer of this purchase to be in, or None."""
        supplier = self._supplier
        return None if supplier is None else supplier.region(evidence, purchase)

    @cached_property
    def _supplier(self) -> Geolocation | None:
        if self._settings is None:
            return None
        return load(self._settings.module).connect(self._settings, self._clock)


def load(name: str) -> LocationModule:
    """The module of that name.

    Raises:
        ValueError: it is not one of the location adapters.
        ModuleNotFoundError: the artifact lacks it.
    """
    return cast("LocationModule", adapter(name, _PARENT))
