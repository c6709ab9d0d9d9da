"""The signer that configuration names, and no other module."""

from base64 import b64encode

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from riff.adapters.aws.key_management import KeyManagement
from riff.adapters.aws.signed_request import Credentials
from riff.adapters.signing.plugin import KeyStoreError, PluggedCheck, PluggedSigner, load

PUBLIC = Ed25519PrivateKey.from_private_bytes(b"k" * 32).public_key().public_bytes_raw()


def _keys(address: str) -> KeyManagement:
    return KeyManagement(Credentials("AKID", "s3cr3t"), "ca-central-1", address)


def test_signs_with_its_own_key() -> None:
    signer = PluggedSigner("riff.adapters.signing.ed25519", b64encode(b"k" * 32).decode(), _keys("http://x"))
    signature = signer.sign(b"message")
    assert PluggedCheck().verifies(PUBLIC, b"message", signature)
    assert not PluggedCheck().verifies(PUBLIC, b"massage", signature)
    assert not PluggedCheck().verifies(b"short", b"message", signature)
    assert b64encode(b"k" * 32).decode() not in repr(signer)


@pytest.mark.parametrize("name", ["", "os", "riff.adapters.payments.sandbox", "riff.adapters.signing.a.b"])
def test_loads_no_other_module(name: str) -> None:
    with pytest.raises(KeyStoreError):
        load(name)
