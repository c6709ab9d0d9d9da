"""Signatures by a key that never leaves the key service."""

import json
from base64 import b64decode, b64encode
from typing import Any

import pytest

from riff.adapters.aws.key_management import KeyManagement
from riff.adapters.aws.signed_request import Credentials
from riff.adapters.signing import kms
from riff.errors import UnavailableError
from tests.support.answering import Server


def _keys(address: str) -> KeyManagement:
    return KeyManagement(Credentials("AKID", "s3cr3t"), "ca-central-1", address)


def test_asks_the_key_service_for_a_signature_over_the_message_itself(server: Server) -> None:
    server.answers = [(200, json.dumps({"Signature": b64encode(b"s" * 64).decode()}).encode())]
    assert kms.connect("arn:key", _keys(server.address)).sign(b"message") == b"s" * 64
    asked: dict[str, Any] = json.loads(server.asked[0][1])
    assert b64decode(asked.pop("Message")) == b"message"
    assert asked == {"KeyId": "arn:key", "MessageType": "RAW", "SigningAlgorithm": "ED25519_SHA_512"}


@pytest.mark.parametrize("answer", [(200, b"{}"), (200, b'{"Signature": "?"}'), (400, b"{}"), (500, b"")])
def test_is_unavailable_when_the_key_service_gives_none(answer: tuple[int, bytes], server: Server) -> None:
    server.answers = [answer]
    with pytest.raises(UnavailableError):
        kms.connect("arn:key", _keys(server.address)).sign(b"message")
