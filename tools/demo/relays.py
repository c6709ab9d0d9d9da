"""The relays of the simulated beacon: told to misbehave, and what is then refused."""

import dataclasses
import json
import time
import urllib.request
from collections.abc import Callable
from typing import Any, Self

from tools.local_stack.api_client import RefusedRequestError
from tools.local_stack.failure import StackError
from tools.local_stack.folder import Folder

type Json = Any


@dataclasses.dataclass(frozen=True)
class Relays:
    """Where the relays answer."""

    addresses: list[str]

    @classmethod
    def of(cls, folder: Folder) -> Self:
        """Those of a running stack."""
        return cls(folder.read_description()["beacon"]["relays"])

    def behave(self, *behaviours: str) -> None:
        """Have each relay behave as it is told, in their order."""
        for address, behaviour in zip(self.addresses, behaviours, strict=True):
            content = json.dumps({"behaviour": behaviour}).encode()
            request = urllib.request.Request(f"{address}/behaviour", content, method="PUT")  # noqa: S310 - loopback
            with urllib.request.urlopen(request, timeout=5) as reply:  # noqa: S310 - loopback
                reply.read()


def comes_at(manifest: Json, draw: int) -> float:
    """When the round of a draw's first attempt comes, in Unix seconds."""
    beacon = manifest["beacon"]
    round_: int = manifest["draws"][draw - 1]["rounds"][0]
    return float(beacon["genesis"] + (round_ - 1) * beacon["period"])


def wait_until(instant: float) -> None:
    """Return at an instant in Unix seconds, or a little later."""
    time.sleep(max(0.0, instant - time.time()) + 1)


def refusal(command: Callable[[], Json], code: str) -> None:
    """Give a command that has to be refused with a code.

    Raises:
        StackError: it was not, or otherwise.
    """
    try:
        command()
    except RefusedRequestError as refused:
        if refused.code != code:
            raise
    else:
        raise StackError(f"a command was not refused with {code}")
