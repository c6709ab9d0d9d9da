"""Keeping the seeds of draws secret until their draw."""

from typing import Protocol

from riff.domain.identifiers import RaffleId


class Seeds(Protocol):
    """A key that seeds are kept under.  A seed is bound to its raffle, draw and attempt."""

    def close(self, raffle_id: RaffleId, draw: int, attempt: int, seed: bytes) -> bytes:
        """The seed, encrypted for exactly this attempt.

        Raises:
            UnavailableError: the key cannot be reached.
        """
        ...

    def open(self, raffle_id: RaffleId, draw: int, attempt: int, ciphertext: bytes) -> bytes:
        """The seed of an attempt whose start is on record.

        Raises:
            SeedLostError: what is stored is not the seed of this attempt, under this key.
            UnavailableError: the key cannot be reached.
        """
        ...
