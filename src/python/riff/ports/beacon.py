"""A public source of randomness that nobody here can steer (protocol SD/1, step 6)."""

from typing import Protocol

from riff_critical.draw import Beacon, BeaconValue


class RandomnessBeacon(Protocol):
    """Values of a beacon's rounds, wherever they are fetched from."""

    @property
    def planned(self) -> Beacon | None:
        """The beacon that raffles activated here plan with; None where this deployment uses none."""
        ...

    def value(self, beacon: Beacon, round_: int) -> BeaconValue:
        """The value of a round, whose signature was checked under the beacon's public key.

        The same round has the same value for ever, so that asking again after a crash is safe.

        Args:
            beacon: as the manifest names it: chain, public key, scheme, and time scale.
            round_: number of the round, from 1.

        Raises:
            BeaconEarlyError: by the beacon's own time scale the round is still to come.
            BeaconUnavailableError: the round should be there, and no relay has it: none answers, they do not
                have it yet, or what they say is not signed by the beacon.  `relays` tells each one's fault.
            BeaconSchemeError: the scheme is not one that can be checked here.
        """
        ...
