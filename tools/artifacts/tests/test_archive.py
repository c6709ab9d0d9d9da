"""The zip format as written here, read by Python's own library."""

import io
import stat
import zipfile
from pathlib import Path

import pytest

from tools.artifacts.archive import archive_bytes, deflated, read_entries, squeezed


def test_other_readers_agree() -> None:
    data = archive_bytes([deflated("b/ä.py", b"x" * 1000), deflated("a.py", b"")])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["a.py", "b/ä.py"]
        assert archive.read("b/ä.py") == b"x" * 1000
        about = archive.getinfo("a.py")
    assert about.date_time == (1980, 1, 1, 0, 0, 0)
    assert stat.filemode(about.external_attr >> 16) == "-rw-r--r--"


def test_order_does_not_matter() -> None:
    one, two = deflated("a", b"1"), deflated("b", b"2")
    assert archive_bytes([one, two]) == archive_bytes([two, one])


def test_entries_are_taken_over_as_they_are(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "in.zip", "w") as archive:
        archive.writestr("folder/", "")
        archive.writestr("stored", b"plain", compress_type=zipfile.ZIP_STORED)
        archive.writestr("packed", b"packed" * 99, compress_type=zipfile.ZIP_DEFLATED, compresslevel=1)
    entries = {entry.name: entry for entry in read_entries(tmp_path / "in.zip")}
    assert {name: entry.content() for name, entry in entries.items()} == {
        "stored": b"plain",
        "packed": b"packed" * 99,
    }
    with zipfile.ZipFile(io.BytesIO(archive_bytes(entries.values()))) as archive:
        assert (archive.read("stored"), archive.read("packed")) == (b"plain", b"packed" * 99)


@pytest.mark.parametrize("content", [b"", b"x", b"method " * 500, bytes(range(256)) * 9])
def test_a_squeezed_file_is_read_back_and_no_larger(content: bytes) -> None:
    small, large = squeezed("a", content), deflated("a", content)
    with zipfile.ZipFile(io.BytesIO(archive_bytes([small]))) as archive:
        assert archive.testzip() is None
        assert archive.read("a") == content
    assert len(small.stored) <= len(large.stored)
