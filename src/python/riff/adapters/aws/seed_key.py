"""The key that seeds of draws are kept under.

The encryption context names raffle, draw and attempt: a ciphertext that was moved to another attempt does not
open there, and every use of the key stands in the service's own log with the attempt that it was for.
"""

from base64 import b64decode, b64encode
from collections.abc import Mapping
from typing import Final

import attrs

from riff.adapters.aws.key_management import KeyManagement, KeyRefusesError
from riff.domain.identifiers import RaffleId
from riff.errors import SeedLostError

# After these no repetition helps: what is stored is not this seed, or the key is gone for ever.
_LOST: Final = frozenset({"InvalidCiphertextException", "IncorrectKeyException", "NotFoundException"})


@attrs.frozen
class KeptSeeds:
    """Honours `riff.ports.seeds.Seeds`.

    Attributes:
        keys: the service.
        key: name of the key.
    """

    keys: KeyManagement
    key: str

    def close(self, raffle_id: RaffleId, draw: int, attempt: int, seed: bytes) -> bytes:
        """The seed, encrypted for exactly this attempt.

        Raises:
            UnavailableError: the key cannot be reached.
        """
        answer = self.keys.ask(
            "Encrypt",
            {
                "KeyId": self.key,
                "Plaintext": b64encode(seed).decode(),
                "EncryptionContext": _context(raffle_id, draw, attempt),
            },
        )
        return b64decode(answer["CiphertextBlob"])

    def open(self, raffle_id: RaffleId, draw: int, attempt: int, ciphertext: bytes) -> bytes:
        """The seed of an attempt whose start is on record.

        Raises:
            SeedLostError: what is stored is not the seed of this attempt, under this key.
            UnavailableError: the key cannot be reached.
        """
        try:
            answer = self.keys.ask(
                "Decrypt",
                {
                    "KeyId": self.key,
                    "CiphertextBlob": b64encode(ciphertext).decode(),
                    "EncryptionContext": _context(raffle_id, draw, attempt),
                },
                final=_LOST,
            )
        except KeyRefusesError as error:
            lost = SeedLostError("The seed of the draw cannot be opened.")
            lost.add_note(str(error))
            raise lost from error
        return b64decode(answer["Plaintext"])


def _context(raffle_id: RaffleId, draw: int, attempt: int) -> Mapping[str, str]:
    return {"riff:raffle": str(raffle_id), "riff:draw": str(draw), "riff:attempt": str(attempt)}
