"""GLI-31 3.6.1, independent integrity check: anybody can authenticate the critical files from outside."""

import hashlib
import io
import zipfile
from pathlib import Path

import pytest

import riff_critical
from riff_critical.__main__ import main
from riff_critical.verification import critical_digest, files

SOURCES = Path(riff_critical.__file__).parent


def run(*arguments: str) -> tuple[int, list[str]]:
    output = io.BytesIO()
    return main(arguments, output), output.getvalue().decode().splitlines()


def test_each_digest_is_what_any_tool_computes_over_the_file() -> None:
    _, lines = run("digest")
    for line in lines[:-1]:
        digest, name = line.split("  ")
        assert hashlib.sha256((SOURCES / name).read_bytes()).hexdigest() == digest


@pytest.fixture
def delivered(tmp_path: Path) -> Path:
    """The core as it is delivered, in a zip beside other code."""
    archive = tmp_path / "function.zip"
    with zipfile.ZipFile(archive, "w") as members:
        members.writestr("lambda_function.py", "handler = None")
        for each in files():
            members.write(SOURCES / each.path, f"riff_critical/{each.path}")
    return archive


def test_a_delivered_zip_is_checked_by_a_core_that_is_not_in_it(delivered: Path, tmp_path: Path) -> None:
    manifest = tmp_path / "certified.json"
    manifest.write_text("\n".join(run("digest", "--json")[1]))
    status, lines = run("digest", "--of", str(delivered), "--manifest", str(manifest))
    assert (status, lines) == (0, [f"{critical_digest()}  riff_critical"])


@pytest.mark.parametrize("name", ["errors.py", "rng/selection.py"])
def test_a_changed_file_is_named(delivered: Path, tmp_path: Path, name: str) -> None:
    manifest = tmp_path / "certified.json"
    manifest.write_text("\n".join(run("digest", "--json")[1]))
    altered = tmp_path / "altered.zip"
    with zipfile.ZipFile(delivered) as members, zipfile.ZipFile(altered, "w") as changed:
        for member in members.namelist():
            extra = b"\n" if member == f"riff_critical/{name}" else b""
            changed.writestr(member, members.read(member) + extra)
    status, lines = run("digest", "--of", str(altered), "--manifest", str(manifest))
    assert (status, lines) == (1, [f"changed  {name}"])
