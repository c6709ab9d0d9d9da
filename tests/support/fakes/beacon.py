"""A beacon in memory whose values nobody signed."""

from datetime import UTC, datetime
from hashlib import sha256

from riff.errors import BeaconEarlyError, BeaconUnavailableError
from riff.ports.clock import Clock
from riff_critical.draw import Beacon, BeaconValue
from tests.support.quicknet import QUICKNET


class FakeBeacon:
    """Honours `riff.ports.beacon.RandomnessBeacon`; a value follows from chain and round.

    Attributes:
        planned: what new raffles plan with.
        fault: what every relay does wrong, or None while they are honest.
        asked: the rounds that were asked for and had come.
    """

    def __init__(self, clock: Clock, planned: Beacon | None = QUICKNET) -> None:
        self._clock = clock
        self.planned = planned
        self.fault: str | None = None
        self.asked: list[int] = []

    def value(self, beacon: Beacon, round_: int) -> BeaconValue:
        """The value of a round that has come."""
        comes = datetime.fromtimestamp(beacon.instant(round_) / 1000, UTC)
        if self._clock.now() < comes:
            raise BeaconEarlyError("The beacon's round is still to come.", comes_at=comes.isoformat())
        self.asked.append(round_)
        if self.fault is not None:
            raise BeaconUnavailableError("No relay has the beacon's value.", round=round_, relays=self.fault)
        signature = sha256(beacon.chain + round_.to_bytes(8)).digest() + bytes(16)
        return BeaconValue(beacon.chain, round_, signature, sha256(signature).digest())
