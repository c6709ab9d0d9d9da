"""The digest of the core: what changes it, what does not, and what has no place in a core."""

import hashlib
import shutil
import subprocess
import sys
import zipfile
from importlib.machinery import all_suffixes
from pathlib import Path
from zipimport import zipimporter

import pytest

import riff_critical
from riff_critical.errors import CorruptionError, InvalidInputError
from riff_critical.verification import (
    NoPackageError,
    UnexpectedFileError,
    aggregate,
    critical_digest,
    files,
)
from riff_critical.verification.files import _IMPORTABLE, _around

SOURCES = Path(riff_critical.__file__).parent


@pytest.fixture
def core(tmp_path: Path) -> Path:
    """A small core: two files in two depths, and things that are no code."""
    folder = tmp_path / "riff_critical"
    (folder / "rng").mkdir(parents=True)
    (folder / "__init__.py").write_bytes(b"")
    (folder / "rng" / "drbg.py").write_bytes(b"x = 1\n")
    (folder / "BUILD").write_text("python_sources()")
    (folder / "rng" / "__pycache__").mkdir()
    (folder / "rng" / "__pycache__" / "drbg.cpython-313.pyc").write_bytes(b"compiled")
    return folder


def digest(place: Path) -> str:
    return aggregate(files(place)).hex()


def zipped(folder: Path, archive: Path, prefix: str = "riff_critical") -> Path:
    with zipfile.ZipFile(archive, "w") as members:
        for path in sorted(folder.rglob("*"), reverse=True):
            if path.is_file():
                members.write(path, f"{prefix}/{path.relative_to(folder).as_posix()}")
    return archive


def test_is_what_the_method_says_reckoned_by_hand(core: Path) -> None:
    empty = hashlib.sha256(b"").digest()
    drbg = hashlib.sha256(b"x = 1\n").digest()
    expected = hashlib.sha256(
        b"\x0friff/core/files"
        b"\x00\x00\x00\x0b__init__.py"
        b"\x00\x00\x00\x20" + empty + b"\x00\x00\x00\x0brng/drbg.py" + b"\x00\x00\x00\x20" + drbg
    ).hexdigest()
    assert digest(core) == expected
    assert [(each.path, each.sha256) for each in files(core)] == [
        ("__init__.py", empty),
        ("rng/drbg.py", drbg),
    ]


def test_of_the_running_core_covers_every_source() -> None:
    sources = [path for path in SOURCES.rglob("*.py") if "__pycache__" not in path.parts]
    names = sorted(path.relative_to(SOURCES).as_posix() for path in sources)
    assert [each.path for each in files()] == names
    assert critical_digest() == digest(SOURCES)


def test_is_the_same_in_another_place_and_in_a_zip(core: Path, tmp_path: Path) -> None:
    moved = shutil.copytree(core, tmp_path / "elsewhere")
    assert digest(core) == digest(moved) == digest(zipped(core, tmp_path / "core.zip"))


@pytest.mark.parametrize("options", [[], ["-O"], ["-S", "-E", "-s"], ["-O", "-S", "-E", "-s"]])
def test_the_core_finds_itself_inside_a_zip(tmp_path: Path, options: list[str]) -> None:
    archive = zipped(SOURCES, tmp_path / "core.zip")
    program = (
        f"import sys; sys.path.insert(0, {str(archive)!r}); import riff_critical.verification as v; "
        "print(v.__file__); print(v.critical_digest())"
    )
    run = subprocess.run(  # noqa: S603  # our own interpreter
        [sys.executable, *options, "-c", program], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    place, found = run.stdout.splitlines()
    assert place.startswith(str(archive))
    assert found == critical_digest()


def test_a_core_deep_in_a_zip_is_found_around_its_module(core: Path, tmp_path: Path) -> None:
    archive = zipped(core, tmp_path / "core.zip", prefix="lib/python/riff_critical")
    module = archive / "lib/python/riff_critical/verification/files.py"
    found = dict(_around(str(module), zipimporter(str(archive))))
    assert found == {"__init__.py": b"", "rng/drbg.py": b"x = 1\n"}


def test_one_changed_byte_changes_it(core: Path) -> None:
    before = digest(core)
    (core / "rng" / "drbg.py").write_bytes(b"x = 2\n")
    assert digest(core) != before


def test_an_empty_file_more_changes_it(core: Path) -> None:
    before = digest(core)
    (core / "extra.py").write_bytes(b"")
    assert digest(core) != before


def test_a_moved_file_changes_it(core: Path) -> None:
    before = digest(core)
    (core / "rng" / "drbg.py").rename(core / "drbg.py")
    assert digest(core) != before


def test_what_is_no_code_does_not_change_it(core: Path) -> None:
    before = digest(core)
    (core / "BUILD").unlink()
    (core / "notes.txt").write_text("x")
    shutil.rmtree(core / "rng" / "__pycache__")
    assert digest(core) == before


@pytest.mark.parametrize("name", ["drbg.pyc", "drbg.so", "drbg.abi3.so", "drbg.pyd", "drbg.pyw"])
def test_refuses_what_is_importable_and_no_source(core: Path, tmp_path: Path, name: str) -> None:
    (core / "rng" / name).write_bytes(b"")
    with pytest.raises(UnexpectedFileError, match=f"rng/{name} can be imported") as stop:
        files(core)
    assert isinstance(stop.value, CorruptionError)
    with pytest.raises(UnexpectedFileError, match=f"rng/{name} can be imported"):
        files(zipped(core, tmp_path / "core.zip"))


def test_knows_every_ending_that_this_python_would_import() -> None:
    assert [ending for ending in all_suffixes() if not ending.endswith((".py", *_IMPORTABLE))] == []


def test_refuses_a_linked_folder(core: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (core / "linked").symlink_to(tmp_path / "other")
    with pytest.raises(UnexpectedFileError, match="linked is a linked folder"):
        files(core)


def test_other_members_of_a_zip_do_not_count(core: Path, tmp_path: Path) -> None:
    archive = zipped(core, tmp_path / "core.zip")
    with zipfile.ZipFile(archive, "a") as members:
        members.writestr("riff/money.py", "x = 1")
        members.writestr("riff_critical_extra/money.py", "x = 1")
        members.writestr("lambda_function.py", "x = 1")
    assert digest(archive) == digest(core)


def test_refuses_a_place_without_a_core(core: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "text").write_text("no zip")
    for place in (
        tmp_path / "empty",
        tmp_path / "text",
        tmp_path / "absent",
        zipped(core, tmp_path / "other.zip", prefix="other"),
    ):
        with pytest.raises(NoPackageError, match=place.name) as refusal:
            files(place)
        assert isinstance(refusal.value, InvalidInputError)
