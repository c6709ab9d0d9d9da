"""GLI-31 5.8.1, verification: the digest covers every critical file, whole, and nothing else changes it."""

from pathlib import Path

import pytest

import riff_critical
from riff_critical.verification import UnexpectedFileError, aggregate, files

SOURCES = Path(riff_critical.__file__).parent


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the running core, without what is no source."""
    for each in files():
        target = tmp_path / "copy" / each.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((SOURCES / each.path).read_bytes())
    return tmp_path / "copy"


def test_a_copy_has_the_same_digest(copy: Path) -> None:
    assert files(copy) == files()


def test_any_one_byte_more_in_any_file_changes_it(copy: Path) -> None:
    certified = aggregate(files())
    for each in files():
        path = copy / each.path
        content = path.read_bytes()
        path.write_bytes(content + b" ")
        assert aggregate(files(copy)) != certified
        path.write_bytes(content)
    assert aggregate(files(copy)) == certified


def test_any_missing_file_changes_it(copy: Path) -> None:
    certified = aggregate(files())
    for each in files():
        path = copy / each.path
        content = path.read_bytes()
        path.unlink()
        assert aggregate(files(copy)) != certified
        path.write_bytes(content)


def test_code_in_another_form_than_source_is_refused(copy: Path) -> None:
    (copy / "rng" / "selection.so").write_bytes(b"\x7fELF")
    with pytest.raises(UnexpectedFileError):
        files(copy)
