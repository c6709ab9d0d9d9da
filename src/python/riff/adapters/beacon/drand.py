"""A drand beacon, through several of its public HTTP relays.

Relays are not trusted: a value counts only when the beacon's key signed it, and then it is the same whichever
relay handed it out.  So the first value that verifies ends the search, and a dead, late or lying relay costs
only time.  What each of them did wrong is told when none has the value.
"""

import hashlib
import http.client
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import urlsplit

import attrs
from attrs.validators import min_len

from riff.adapters.beacon.bls import SCHEME, is_signed
from riff.adapters.system.connections import connection_to
from riff.errors import BeaconEarlyError, BeaconSchemeError, BeaconUnavailableError
from riff.ports.clock import Clock
from riff_critical.draw import Beacon, BeaconValue

# One relay may be slow; all of them together must leave a function time to say so.
_TIMEOUT_S: Final = 3.0
_LARGEST_ANSWER: Final = 10_000
# What relays answer for a round that they do not have yet.
_NOT_YET: Final = frozenset({http.client.NOT_FOUND, 425})


def connect(relays: Sequence[str], clock: Clock) -> "DrandRelays":
    """The relays, ready to be asked; no connection is made yet."""
    return DrandRelays(tuple(relays), clock)


class _RelayFaultError(Exception):
    """What a relay did wrong, in a few words."""


@attrs.frozen
class DrandRelays:
    """Public relays of drand's beacons.

    Attributes:
        relays: their addresses, asked in this order; two at least, so that one may fail.
        clock: tells whether a round can be there.
        timeout_s: how long one relay may take.
    """

    relays: tuple[str, ...] = attrs.field(validator=min_len(2))
    clock: Clock
    timeout_s: float = _TIMEOUT_S

    def value(self, beacon: Beacon, round_: int) -> BeaconValue:
        """The value of a round, whose signature was checked under the beacon's public key.

        Raises:
            BeaconEarlyError: by the beacon's own time scale the round is still to come.
            BeaconUnavailableError: no relay has a value that the beacon signed.
            BeaconSchemeError: the scheme is another one than this adapter checks.
        """
        if beacon.scheme != SCHEME:
            raise BeaconSchemeError("The beacon signs by a scheme that cannot be checked here.")
        comes = datetime.fromtimestamp(beacon.instant(round_) / 1000, UTC)
        if self.clock.now() < comes:
            raise BeaconEarlyError("The beacon's round is still to come.", comes_at=comes.isoformat())
        faults = []
        for relay in self.relays:
            try:
                return self._ask(relay, beacon, round_)
            except _RelayFaultError as fault:
                faults.append(f"{urlsplit(relay).netloc}: {fault}")
        raise BeaconUnavailableError(
            "No relay has the beacon's value.", round=round_, relays="; ".join(faults)
        )

    def _ask(self, relay: str, beacon: Beacon, round_: int) -> BeaconValue:
        answer = self._get(relay, f"/{beacon.chain.hex()}/public/{round_}")
        try:
            found, signature = answer["round"], bytes.fromhex(answer["signature"])
        except (KeyError, TypeError, ValueError) as error:
            raise _RelayFaultError("not a value of a beacon") from error
        if found != round_:
            raise _RelayFaultError("another round")
        if not is_signed(beacon.public_key, round_, signature):
            raise _RelayFaultError("not signed by the beacon")
        return BeaconValue(beacon.chain, round_, signature, hashlib.sha256(signature).digest())

    def _get(self, relay: str, path: str) -> Any:  # noqa: ANN401 - any JSON
        parts = urlsplit(relay)
        connection = connection_to(relay, self.timeout_s)
        try:
            connection.request("GET", parts.path.rstrip("/") + path, headers={"Accept": "application/json"})
            response = connection.getresponse()
            content = response.read(_LARGEST_ANSWER)
        except (OSError, http.client.HTTPException) as error:
            raise _RelayFaultError("no answer") from error
        finally:
            connection.close()
        if response.status in _NOT_YET:
            raise _RelayFaultError("not there yet")
        if response.status != http.client.OK:
            raise _RelayFaultError(f"status {response.status}")
        try:
            return json.loads(content)
        except (ValueError, RecursionError) as error:
            raise _RelayFaultError("not JSON") from error
