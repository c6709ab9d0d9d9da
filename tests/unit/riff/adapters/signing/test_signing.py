"""Signers and witnesses: what is asked of them, and what is made of their answers."""

import json
import threading
from base64 import b64decode, b64encode
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from riff.adapters.aws.key_management import KeyManagement
from riff.adapters.aws.signed_request import Credentials
from riff.adapters.signing import kms
from riff.adapters.signing.plugin import KeyStoreError, PluggedCheck, PluggedSigner, load
from riff.adapters.signing.witness import HttpWitness
from riff.errors import UnavailableError
from riff.ports.signing import WitnessSetting
from riff_critical.ledger import Checkpoint, Note, Signature, SignatureType, VerifierKey

KEY = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
PUBLIC = KEY.public_key().public_bytes_raw()
NOTE = Note(Checkpoint("ledger/1", 7, b"r" * 32).to_text(), (Signature("ledger/1", b"1234", b"s" * 64),))
WITNESS = VerifierKey("witness.example/w1", SignatureType.COSIGNATURE, PUBLIC)
LINE = Signature(WITNESS.name, WITNESS.key_id, b"t" * 72).to_line().encode()


class Server(ThreadingHTTPServer):
    """Answers requests one after the other with what it was given, and keeps them."""

    answers: list[tuple[int, bytes]]
    asked: list[tuple[str, bytes]]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Answering(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append((self.path, body))
        status, answer = self.server.answers.pop(0)
        self.send_response(status)
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(name="server")
def _server() -> Iterator[Server]:
    with Server(("127.0.0.1", 0), Answering) as running:
        running.answers, running.asked = [], []
        thread = threading.Thread(target=running.serve_forever, args=(0.01,))
        thread.start()
        yield running
        running.shutdown()
        thread.join()


def _keys(address: str) -> KeyManagement:
    return KeyManagement(Credentials("AKID", "s3cr3t"), "ca-central-1", address)


def test_signs_with_its_own_key() -> None:
    signer = PluggedSigner("riff.adapters.signing.ed25519", b64encode(b"k" * 32).decode(), _keys("http://x"))
    signature = signer.sign(b"message")
    assert PluggedCheck().verifies(PUBLIC, b"message", signature)
    assert not PluggedCheck().verifies(PUBLIC, b"massage", signature)
    assert not PluggedCheck().verifies(b"short", b"message", signature)
    assert b64encode(b"k" * 32).decode() not in repr(signer)


@pytest.mark.parametrize("key", ["", "a2V5", "not base64"])
def test_refuses_a_key_that_is_none(key: str) -> None:
    with pytest.raises(KeyStoreError):
        PluggedSigner("riff.adapters.signing.ed25519", key, _keys("http://x")).sign(b"message")


@pytest.mark.parametrize("name", ["", "os", "riff.adapters.payments.sandbox", "riff.adapters.signing.a.b"])
def test_loads_no_other_module(name: str) -> None:
    with pytest.raises(KeyStoreError):
        load(name)


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


def _ask(server: Server, known: int = 3) -> list[Signature]:
    witness = HttpWitness(WitnessSetting(WITNESS.to_text(), f"{server.address}/w/"))
    return list(witness.cosign(NOTE, known, lambda size: [bytes([size]) * 32]))


def test_asks_a_witness_as_the_protocol_says(server: Server) -> None:
    server.answers = [(200, LINE)]
    assert _ask(server) == [Signature(WITNESS.name, WITNESS.key_id, b"t" * 72)]
    path, body = server.asked[0]
    proof = b64encode(b"\x03" * 32)
    assert (path, body) == ("/w/add-checkpoint", b"old 3\n" + proof + b"\n\n" + NOTE.to_bytes())


def test_proves_from_nothing_to_a_witness_that_saw_nothing(server: Server) -> None:
    server.answers = [(200, LINE)]
    _ask(server, known=0)
    assert server.asked[0][1].startswith(b"old 0\n\n")


def test_asks_again_from_the_size_that_the_witness_names(server: Server) -> None:
    server.answers = [(409, b"5\n"), (200, LINE)]
    assert len(_ask(server)) == 1
    assert [body.split(b"\n")[0] for _, body in server.asked] == [b"old 3", b"old 5"]


@pytest.mark.parametrize(
    "answers",
    [
        [(404, b"")],
        [(403, b"")],
        [(422, b"")],
        [(409, b"")],
        [(409, b"-1\n")],
        [(409, b"5\n"), (409, b"6\n")],
        [(200, b"")],
        [(200, b"no line\n")],
        [(200, b"\xff\n")],
    ],
)
def test_a_witness_that_refuses_is_unavailable(answers: list[tuple[int, bytes]], server: Server) -> None:
    server.answers = answers
    with pytest.raises(UnavailableError):
        _ask(server)


def test_a_witness_that_does_not_answer_is_unavailable() -> None:
    with pytest.raises(UnavailableError):
        HttpWitness(WitnessSetting(WITNESS.to_text(), "http://127.0.0.1:1")).cosign(NOTE, 0, lambda _: [])
