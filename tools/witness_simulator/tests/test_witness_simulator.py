"""The witness as its own process, asked through the adapter that asks real witnesses."""

import http.client
import json
import signal
import socket
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from riff.adapters.signing.ed25519 import verifies
from riff.adapters.signing.witness import HttpWitness, WitnessError
from riff.ports.signing import WitnessSetting
from riff_critical.ledger import (
    Checkpoint,
    Levels,
    Note,
    Signature,
    SignatureType,
    VerifierKey,
    consistency_proof,
    signed_message,
)
from tools.witness_simulator.witness import verifier_key

KEY = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
PUBLIC = KEY.public_key().public_bytes_raw()
ENTRIES = [f"entry {number}".encode() for number in range(20)]


class Simulator:
    """A witness of the logs `ledgers/...`."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port: int = probe.getsockname()[1]
        known = ["--origin", "ledgers", "--key", b64encode(PUBLIC).decode()]
        module = [sys.executable, "-m", "tools.witness_simulator"]
        self._process = subprocess.Popen([*module, "--port", str(self._port), "--state", str(folder), *known])
        for _ in range(200):
            try:
                self.ask("GET", "/health")
            except OSError:
                time.sleep(0.05)
            else:
                break
        self.client = HttpWitness(WitnessSetting(verifier_key(folder), f"http://127.0.0.1:{self._port}"))

    def ask(self, method: str, path: str, body: bytes = b"") -> tuple[int, str | None, bytes]:
        with closing(http.client.HTTPConnection("127.0.0.1", self._port, timeout=5)) as connection:
            connection.request(method, path, body)
            response = connection.getresponse()
            return response.status, response.getheader("Content-Type"), response.read()

    def refusal(self, body: bytes) -> int:
        return self.ask("POST", "/add-checkpoint", body)[0]

    def stop(self) -> int:
        self._process.send_signal(signal.SIGTERM)
        return self._process.wait(10)


@pytest.fixture
def simulator(tmp_path: Path) -> Iterator[Simulator]:
    started = Simulator(tmp_path)
    yield started
    started.stop()


def note_of(
    entries: Sequence[bytes],
    name: str = "ledgers/7",
    signer: Ed25519PrivateKey = KEY,
    size: int | None = None,
) -> Note:
    """The log's signed checkpoint of these entries."""
    text = Checkpoint(name, len(entries) if size is None else size, Levels(entries).root()).to_text()
    own = VerifierKey(name, SignatureType.ED25519, PUBLIC)
    return Note(text, (Signature(name, own.key_id, signer.sign(signed_message(text))),))


def cosigned(simulator: Simulator, entries: Sequence[bytes], known: int) -> Note:
    """The note with what the witness added, asked for as the system asks."""
    note, tree = note_of(entries), Levels(entries)
    added = simulator.client.cosign(note, known, lambda old: consistency_proof(old, len(entries), tree.node))
    return Note(note.text, (*note.signatures, *added))


def is_cosigned(simulator: Simulator, note: Note) -> bool:
    """Whether the witness's cosignature stands under a note."""
    key = simulator.client.key
    return any(verifies(key.public_key, message, signature) for message, signature in note.by(key))


def body_of(old: int, proof: Sequence[bytes], note: Note) -> bytes:
    lines = "".join(f"{b64encode(each).decode()}\n" for each in proof)
    return f"old {old}\n{lines}\n".encode() + note.to_bytes()


def test_cosigns_a_ledger_as_it_grows(simulator: Simulator) -> None:
    for known, size in ((0, 3), (3, 3), (3, 8), (8, 19)):
        assert is_cosigned(simulator, cosigned(simulator, ENTRIES[:size], known))


def test_tells_what_it_saw_last(simulator: Simulator) -> None:
    cosigned(simulator, ENTRIES[:5], 0)
    answer = simulator.ask("POST", "/add-checkpoint", body_of(0, (), note_of(ENTRIES[:9])))
    assert answer == (409, "text/x.tlog.size", b"5\n")
    assert is_cosigned(simulator, cosigned(simulator, ENTRIES[:9], 2))


def test_never_cosigns_two_histories(simulator: Simulator) -> None:
    cosigned(simulator, ENTRIES[:5], 0)
    other = [b"another", *ENTRIES[1:]]
    with pytest.raises(WitnessError):
        cosigned(simulator, other[:5], 5)
    with pytest.raises(WitnessError):
        cosigned(simulator, other[:9], 5)
    assert simulator.refusal(body_of(5, (), note_of(other[:5]))) == 409
    tree = Levels(other[:9])
    forged = consistency_proof(5, 9, tree.node)
    assert simulator.refusal(body_of(5, forged, note_of(other[:9]))) == 422
    assert is_cosigned(simulator, cosigned(simulator, ENTRIES[:9], 5))


def test_keeps_every_ledger_apart(simulator: Simulator) -> None:
    cosigned(simulator, ENTRIES[:5], 0)
    note = note_of(ENTRIES[3:], name="ledgers/8")
    assert simulator.refusal(body_of(0, (), note)) == 200


def test_refuses_a_log_that_it_does_not_know(simulator: Simulator) -> None:
    assert simulator.refusal(body_of(0, (), note_of(ENTRIES, name="other/7"))) == 404


def test_refuses_what_the_log_did_not_sign(simulator: Simulator) -> None:
    stranger = Ed25519PrivateKey.from_private_bytes(b"s" * 32)
    assert simulator.refusal(body_of(0, (), note_of(ENTRIES, signer=stranger))) == 403


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"old 0\n",
        b"old 0\n\nno note\n",
        b"new 0\n\n" + note_of(ENTRIES).to_bytes(),
        b"old -1\n\n" + note_of(ENTRIES).to_bytes(),
        b"old 00\n\n" + note_of(ENTRIES).to_bytes(),
        b"old 0\nno base64\n\n" + note_of(ENTRIES).to_bytes(),
        b"old 99\n\n" + note_of(ENTRIES).to_bytes(),
        b"\xff",
        body_of(1, [b"h" * 32] * 64, note_of(ENTRIES)),
    ],
)
def test_refuses_what_is_no_request(body: bytes, simulator: Simulator) -> None:
    assert simulator.refusal(body) == 400


def test_a_dead_witness_does_not_answer(simulator: Simulator) -> None:
    assert simulator.ask("PUT", "/behaviour", json.dumps({"behaviour": "dead"}).encode())[0] == 200
    with pytest.raises(WitnessError):
        cosigned(simulator, ENTRIES, 0)
    assert simulator.ask("PUT", "/behaviour", b"{}")[0] == 400
    simulator.ask("PUT", "/behaviour", json.dumps({"behaviour": "honest"}).encode())
    assert is_cosigned(simulator, cosigned(simulator, ENTRIES, 0))


def test_remembers_over_a_restart(tmp_path: Path) -> None:
    first = Simulator(tmp_path)
    cosigned(first, ENTRIES[:5], 0)
    assert first.stop() == 0
    second = Simulator(tmp_path)
    assert second.refusal(body_of(0, (), note_of([b"another", *ENTRIES[1:5]]))) == 409
    assert is_cosigned(second, cosigned(second, ENTRIES[:9], 5))
    assert second.client.key == first.client.key
    second.stop()
