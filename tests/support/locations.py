"""A supplier of locations that signs what a test tells it to."""

import json
from base64 import urlsafe_b64encode
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from riff.ports.services import LocationSettings
from tests.support.fakes import NOON

PURCHASE: Final = "0b8f2a52-1d4c-4d7e-9a44-0b1f0c3ad001"
ISSUER: Final = "https://locations.example"
AUDIENCE: Final = "riff-tests"
KEY: Final = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC_KEY: Final = KEY.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
SETTINGS: Final = LocationSettings("riff.adapters.location.signed", ISSUER, AUDIENCE, PUBLIC_KEY)
HEADER: Final = {"alg": "EdDSA", "typ": "JWT"}
NOW: Final = int(NOON.timestamp())
CLAIMS: Final = {
    "iss": ISSUER,
    "aud": AUDIENCE,
    "nonce": PURCHASE,
    "iat": NOW - 10,
    "exp": NOW + 290,
    "region": "CA-ON",
}


def signed(header: bytes, claims: bytes, key: Ed25519PrivateKey = KEY) -> str:
    """A token of these two parts, whatever they are."""
    text = f"{_encoded(header)}.{_encoded(claims)}"
    return f"{text}.{_encoded(key.sign(text.encode()))}"


def evidence(**changes: object) -> str:
    """Evidence that the buyer is in Ontario, with other claims where they are named."""
    return signed(json.dumps(HEADER).encode(), json.dumps({**CLAIMS, **changes}).encode())


def _encoded(part: bytes) -> str:
    return urlsafe_b64encode(part).rstrip(b"=").decode()
