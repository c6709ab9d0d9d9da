"""Witnesses: what is asked of them, and what is made of their answers."""

from base64 import b64encode

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from riff.adapters.signing.witness import HttpWitness
from riff.errors import UnavailableError
from riff.ports.signing import WitnessSetting
from riff_critical.ledger import Checkpoint, Note, Signature, SignatureType, VerifierKey
from tests.support.answering import Server

PUBLIC = Ed25519PrivateKey.from_private_bytes(b"k" * 32).public_key().public_bytes_raw()
NOTE = Note(Checkpoint("ledger/1", 7, b"r" * 32).to_text(), (Signature("ledger/1", b"1234", b"s" * 64),))
WITNESS = VerifierKey("witness.example/w1", SignatureType.COSIGNATURE, PUBLIC)
LINE = Signature(WITNESS.name, WITNESS.key_id, b"t" * 72).to_line().encode()


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
