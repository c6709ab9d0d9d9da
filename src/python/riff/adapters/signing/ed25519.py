"""Ed25519 (RFC 8032): checking signatures, and signing with a key that this deployment keeps itself."""

from base64 import b64decode

import attrs
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from riff.adapters.aws.key_management import KeyManagement
from riff.adapters.signing.plugin import KeyStoreError


def verifies(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the key's owner signed the message."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


@attrs.frozen
class OwnKey:
    """Honours `riff.ports.signing.NoteSigner` with a private key of 32 bytes."""

    _key: Ed25519PrivateKey = attrs.field(repr=False)

    def sign(self, message: bytes) -> bytes:
        """A signature of 64 bytes."""
        return self._key.sign(message)


def connect(key: str, _keys: KeyManagement) -> OwnKey:
    """The signer whose private key is the base64 in `key`.

    Raises:
        KeyStoreError: it is not 32 bytes in base64.
    """
    try:
        return OwnKey(Ed25519PrivateKey.from_private_bytes(b64decode(key, validate=True)))
    except ValueError as error:
        raise KeyStoreError("the configured key is not 32 bytes in base64") from error
