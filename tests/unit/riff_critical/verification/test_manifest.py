"""The manifest: one form, no contradiction, every difference named."""

import json
from hashlib import sha256

import pytest

from riff_critical.documents import DocumentError
from riff_critical.verification import Change, Difference, FileDigest, Manifest, files


def a_file(path: str, content: bytes = b"") -> FileDigest:
    return FileDigest(path, sha256(content).digest())


STATED = (a_file("a.py"), a_file("b/c.py"), a_file("d.py"))


def test_is_read_back_from_its_bytes() -> None:
    manifest = Manifest.of(files())
    assert Manifest.from_bytes(manifest.to_bytes()) == manifest
    assert manifest.differences(files()) == ()


def test_is_canonical_json() -> None:
    document = json.loads(Manifest.of(STATED[:1]).to_bytes())
    assert list(document) == ["digest", "files", "format"]
    assert document["files"] == [{"path": "a.py", "sha256": sha256(b"").hexdigest()}]
    assert document["format"] == 1


def test_names_each_difference_once_in_order() -> None:
    found = (a_file("a.py"), a_file("b/b.py"), a_file("d.py", b"changed"))
    assert Manifest.of(STATED).differences(found) == (
        Difference("b/b.py", Change.ADDED),
        Difference("b/c.py", Change.MISSING),
        Difference("d.py", Change.CHANGED),
    )


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"format": 2}, "format"),
        ({"format": True}, "format"),
        ({"files": []}, "files"),
        ({"digest": "00" * 32}, "not that of the files"),
        ({"digest": "00" * 31}, "digest"),
        ({"extra": 1}, "exactly"),
    ],
)
def test_refuses_a_manifest_in_another_form(change: dict[str, object], message: str) -> None:
    document = json.loads(Manifest.of(STATED).to_bytes()) | change
    with pytest.raises(DocumentError, match=message):
        Manifest.from_json(document)


@pytest.mark.parametrize("shuffled", [STATED[::-1], (STATED[0], STATED[0])])
def test_refuses_files_out_of_order_or_twice(shuffled: tuple[FileDigest, ...]) -> None:
    with pytest.raises(DocumentError, match="not in ascending order"):
        Manifest.of(shuffled)


@pytest.mark.parametrize(("length", "allowed"), [(0, False), (1, True), (200, True), (201, False)])
def test_a_name_has_1_to_200_characters(length: int, allowed: bool) -> None:
    if allowed:
        assert a_file("x" * length).path == "x" * length
        return
    with pytest.raises(DocumentError, match="path"):
        a_file("x" * length)


def test_a_manifest_has_at_most_1000_files() -> None:
    found = [a_file(f"{number:04}.py") for number in range(1_001)]
    assert len(Manifest.of(found[:1_000]).files) == 1_000
    with pytest.raises(DocumentError, match="files"):
        Manifest.of(found)


def test_refuses_bytes_that_are_not_canonical() -> None:
    with pytest.raises(DocumentError):
        Manifest.from_bytes(Manifest.of(STATED).to_bytes() + b"\n")
