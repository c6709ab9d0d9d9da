from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riff_critical.ledger import (
    Checkpoint,
    Note,
    NoteError,
    Signature,
    SignatureType,
    VerifierKey,
    signed_message,
)
from tests.support import vectors
from tools.vectors import notes

NAMES = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"], exclude_characters="+"), min_size=1
)
TEXTS = st.text(st.characters(codec="utf-8", min_codepoint=32)).map(lambda text: text + "\n")
SIGNATURES = st.builds(
    Signature, NAMES, st.binary(min_size=4, max_size=4), st.binary(min_size=1, max_size=80)
)


def _note(case: dict[str, Any]) -> dict[str, Any]:
    note = Note.from_bytes(case["note"].encode())
    assert case["note"].encode() == note.to_bytes()
    return {"text": note.text, "signatures": len(note.signatures)}


def _checkpoint(case: dict[str, Any]) -> dict[str, Any]:
    checkpoint = Checkpoint.from_text(case["text"])
    assert case["text"] == checkpoint.to_text()
    return {"origin": checkpoint.origin, "size": checkpoint.size, "root": checkpoint.root.hex()}


def _verifier_key(case: dict[str, Any]) -> dict[str, Any]:
    key = VerifierKey.from_text(case["text"])
    assert case["text"] == key.to_text()
    return {
        "name": key.name,
        "type": key.type.value,
        "public_key": key.public_key.hex(),
        "key_id": key.key_id.hex(),
    }


def _messages(case: dict[str, Any]) -> list[list[str]]:
    note, key = Note.from_bytes(case["note"].encode()), VerifierKey.from_text(case["key"])
    return [[message.hex(), signature.hex()] for message, signature in note.by(key)]


OPERATIONS: vectors.Operations = {
    "note": _note,
    "checkpoint": _checkpoint,
    "verifier_key": _verifier_key,
    "messages": _messages,
}


@pytest.mark.parametrize("case", vectors.cases("notes.json"))
def test_vector(case: dict[str, Any]) -> None:
    vectors.run(case, OPERATIONS)


def test_vectors_are_current() -> None:
    vectors.check_file("notes.json", notes.cases().text())


@given(TEXTS, st.lists(SIGNATURES, min_size=1, max_size=5))
def test_what_is_written_is_read_back(text: str, signatures: list[Signature]) -> None:
    note = Note(text, tuple(signatures))
    assert note == Note.from_bytes(note.to_bytes())


@given(NAMES, st.sampled_from(SignatureType), st.binary(min_size=32, max_size=32))
def test_a_key_that_is_written_is_read_back(name: str, kind: SignatureType, public_key: bytes) -> None:
    key = VerifierKey(name, kind, public_key)
    assert key == VerifierKey.from_text(key.to_text())


def test_refuses_bytes_that_are_not_utf_8() -> None:
    with pytest.raises(NoteError, match="UTF-8"):
        Note.from_bytes(b"\xff\n\n\xff\n")


def test_refuses_more_than_a_mebibyte() -> None:
    signature = notes.line("log.example/7", 1)
    filler = "x" * ((1 << 20) - len(f"\n\n{signature}".encode()))
    whole = f"{filler}\n\n{signature}".encode()
    assert len(Note.from_bytes(whole).to_bytes()) == 1 << 20
    with pytest.raises(NoteError, match="bytes"):
        Note.from_bytes(b"x" + whole)


@pytest.mark.parametrize("text", ["", "no newline", "a\x7f\x1b\n", "\x00\n"])
def test_refuses_to_write_a_text_that_is_none(text: str) -> None:
    with pytest.raises(NoteError, match="newline"):
        Note(text, (Signature("log", bytes(4), b"x"),))


def test_a_text_may_hold_spaces_and_empty_lines() -> None:
    note = Note("a b\n\n c\n", (Signature("log", bytes(4), b"x"),))
    assert note == Note.from_bytes(note.to_bytes())


@pytest.mark.parametrize(
    "name", ["", " ", " log", "log ", "a b", "a\tb", "a\u2003b", "a+b", "+", "log\n", "log\x01"]
)
def test_refuses_a_key_name_that_is_none(name: str) -> None:
    with pytest.raises(NoteError, match="key name"):
        Signature(name, bytes(4), b"x")
    with pytest.raises(NoteError, match="key name"):
        VerifierKey(name, SignatureType.ED25519, bytes(32))


def test_refuses_to_write_a_note_that_nobody_signed() -> None:
    with pytest.raises(NoteError, match="signatures"):
        Note("text\n", ())


@pytest.mark.parametrize(("size", "payload"), [(3, b"x"), (5, b"x"), (4, b"")])
def test_refuses_a_signature_without_key_id_or_payload(size: int, payload: bytes) -> None:
    with pytest.raises(NoteError, match="key ID"):
        Signature("log", bytes(size), payload)


def test_a_cosignature_signs_its_time() -> None:
    assert (
        signed_message("text\n"),
        signed_message("text\n", 0),
    ) == (b"text\n", b"cosignature/v1\ntime 0\ntext\n")
