"""The name and the public half of the key that signs the ledgers of a local stack."""

from base64 import b64decode, b64encode
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

LEDGER_ORIGIN: Final = "ledgers.riff.example/local"


def public_key(private_key: str) -> str:
    """The public key of a private one, both in base64."""
    key = Ed25519PrivateKey.from_private_bytes(b64decode(private_key))
    return b64encode(key.public_key().public_bytes_raw()).decode()
