"""What must hold of the locks."""

from pathlib import Path

import pytest

from tools.door import locks, pants

HASH = f"    --hash=sha256:{'0' * 64}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Locks without a fault."""
    both = f"attrs==26.1.0 \\\n{HASH}"
    (tmp_path / "functions.lock.txt").write_text(both)
    (tmp_path / "tools.lock.txt").write_text(f"{both}ruff==0.17.6 \\\n{HASH}")
    (tmp_path / "pants.lock.txt").write_text(f"pantsbuild-pants=={pants.version()} \\\n{HASH}")
    pex = pants.version("pex-cli", "version").removeprefix("v")
    (tmp_path / "pex.lock.txt").write_text(f"pex=={pex} \\\n{HASH}")
    return tmp_path


def test_the_committed_locks_have_no_fault() -> None:
    assert list(locks.faults()) == []


def test_good_locks_have_no_fault(folder: Path) -> None:
    assert list(locks.faults(folder)) == []


def test_a_requirement_without_hash_is_found(folder: Path) -> None:
    file = folder / "tools.lock.txt"
    file.write_text(file.read_text() + "pytest==9.2.0\n")
    assert list(locks.faults(folder)) == ["tools.lock.txt: pytest==9.2.0 has no hash"]


def test_a_host_is_found(folder: Path) -> None:
    file = folder / "pants.lock.txt"
    file.write_text("--index-url https://packages.example/simple\n" + file.read_text())
    assert list(locks.faults(folder)) == ["pants.lock.txt: names a host"]


def test_tests_that_would_see_another_version_are_found(folder: Path) -> None:
    (folder / "functions.lock.txt").write_text(f"attrs==26.2.0 \\\n{HASH}")
    assert list(locks.faults(folder)) == ["tools.lock.txt: attrs is 26.1.0, and functions ship 26.2.0"]


def test_another_pants_than_named_is_found(folder: Path) -> None:
    (folder / "pants.lock.txt").write_text(f"pantsbuild-pants==2.16.0 \\\n{HASH}")
    assert list(locks.faults(folder)) == [
        f"pants.lock.txt: pantsbuild-pants is 2.16.0, and pants.toml names {pants.version()}"
    ]
