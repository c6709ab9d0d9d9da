"""Fresh names and fresh keys."""

from typing import Protocol
from uuid import UUID


class Identifiers(Protocol):
    """Names for new things."""

    def new(self) -> UUID:
        """A name that nothing else has; names made later sort later, which keeps indexes compact."""
        ...


class KeySource(Protocol):
    """Secret keys."""

    def new_key(self) -> bytes:
        """32 bytes from the operating system's generator."""
        ...
