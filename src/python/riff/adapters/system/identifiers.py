"""Fresh names: UUIDs of version 7 (RFC 9562), from the clock and the operating system's entropy.

48 bits of milliseconds keep names that are made close in time close in an index.  The other 74 bits are
random: whoever knows one order's name cannot guess another's, which is what opens an order to its buyer.
"""

import time
from os import urandom
from typing import Final
from uuid import UUID

_RANDOM_BITS: Final = 80
_VERSION: Final = 7 << 76
_VARIANT: Final = 0b10 << 62
_KEPT: Final = (1 << 128) - 1 ^ (0xF << 76) ^ (0b11 << 62)


class SystemIdentifiers:
    """Honours `riff.ports.identity.Identifiers`."""

    def new(self) -> UUID:
        """A name that nothing else has; names made later sort later."""
        milliseconds = time.time_ns() // 1_000_000
        bits = milliseconds << _RANDOM_BITS | int.from_bytes(urandom(_RANDOM_BITS // 8))
        return UUID(int=bits & _KEPT | _VERSION | _VARIANT)
