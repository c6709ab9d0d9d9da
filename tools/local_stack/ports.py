"""Neighbouring ports on loopback, the same ones at each start."""

import socket
import zlib
from pathlib import Path
from typing import Final

from tools.local_stack.failure import StackError

HOST: Final = "127.0.0.1"
COUNT: Final = 6
# Below the range from which systems take ports for outgoing connections.
_FIRST: Final = 20_000
_STEP: Final = 10
_STEPS: Final = 1_000
_HIGHEST: Final = 65_535 - COUNT


def choose(root: Path, given: int | None) -> int:
    """The first of a stack's free ports: the one given, else one that this folder leads to.

    Raises:
        StackError: the ports given are taken or make no sense, or no free ones were found.
    """
    if given is not None:
        if not 1024 <= given <= _HIGHEST:  # noqa: PLR2004 - lower ports are the system's
            raise StackError(f"--port-base is a number from 1024 to {_HIGHEST}")
        if not all_free(given):
            raise StackError(f"one of the ports {given} to {given + COUNT - 1} is taken")
        return given
    start = zlib.crc32(str(root.resolve()).encode()) % _STEPS
    for step in range(_STEPS):
        base = _FIRST + (start + step) % _STEPS * _STEP
        if all_free(base):
            return base
    raise StackError(f"no free ports from {_FIRST} to {_FIRST + _STEPS * _STEP}")


def all_free(base: int) -> bool:
    """Whether nobody listens on the ports of a stack."""
    return all(_free(port) for port in range(base, base + COUNT))


def _free(port: int) -> bool:
    with socket.socket() as probe:
        # As servers do: a port whose connections have just ended is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True
