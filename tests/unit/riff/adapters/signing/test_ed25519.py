"""Signatures by a key of our own."""

from base64 import b64encode

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from riff.adapters.aws.key_management import KeyManagement
from riff.adapters.aws.signed_request import Credentials
from riff.adapters.signing.ed25519 import connect
from riff.adapters.signing.plugin import KeyStoreError, PluggedSigner

KEY = Ed25519PrivateKey.from_private_bytes(b"k" * 32)


def _keys(address: str) -> KeyManagement:
    return KeyManagement(Credentials("AKID", "s3cr3t"), "ca-central-1", address)


def test_signs_as_the_key_does() -> None:
    signer = connect(b64encode(b"k" * 32).decode(), _keys("http://x"))
    assert signer.sign(b"message") == KEY.sign(b"message")


@pytest.mark.parametrize("key", ["", "a2V5", "not base64"])
def test_refuses_a_key_that_is_none(key: str) -> None:
    with pytest.raises(KeyStoreError):
        PluggedSigner("riff.adapters.signing.ed25519", key, _keys("http://x")).sign(b"message")
