"""`./riff new function` in a copy of this checkout: what it writes passes every check as it is."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
_COPIED = ("riff", "pyproject.toml", "src", "openapi", "catalogue", "tests", "tools", "build-support")

CASES = {
    "command about an order": ("sales", "gift_order"),
    "query about a raffle": ("raffles", "show_history"),
    "command of a new tag": ("templates", "retire_template"),
    "query that is open to anyone": ("public", "show_calendar"),
    "command that is open to anyone": ("checkout", "change_buyer"),
    "another method of a known path": (
        *("raffles", "reorder_prizes"),
        *("--route", "PATCH /staff/raffles/{raffle_id}/prizes", "--permission", "raffles:activate"),
    ),
}


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what is needed to write and check a function, with every case written into it."""
    folder = copied(tmp_path_factory.mktemp("checkout"))
    for arguments in CASES.values():
        done = _riff(folder, *arguments)
        assert done.returncode == 0, done.stderr
    return folder


def copied(folder: Path) -> Path:
    """A copy of this checkout in the folder, without what is made anew."""
    for name in _COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
        else:
            shutil.copy2(source, folder / name)
    return folder


def _riff(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return riff(folder, "function", *arguments)


def riff(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`./riff new` in a checkout."""
    return run(folder, "riff", "new", *arguments)


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A Python program in a checkout."""
    environment = {**os.environ, "PYTHONPATH": "src/python:.", "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, *arguments], cwd=folder, env=environment, check=False, capture_output=True, text=True
    )


def written(folder: Path) -> list[str]:
    """Python files that the original lacks."""
    found = (path.relative_to(folder) for path in folder.rglob("*.py"))
    return sorted(str(place) for place in found if not (ROOT / place).exists())


@pytest.mark.slow
def test_writes_four_files_per_operation(copy: Path) -> None:
    operations = {arguments[1] for arguments in CASES.values()}
    files = [Path(place) for place in written(copy) if not place.endswith("__init__.py")]
    assert {place.stem.removeprefix("test_") for place in files} == operations
    assert len(files) == 4 * len(operations)


@pytest.mark.slow
def test_passes_the_linter_and_the_formatter(copy: Path) -> None:
    for check in (("check",), ("format", "--check")):
        found = run(copy, "-m", "ruff", *check, *written(copy))
        assert found.returncode == 0, found.stdout


@pytest.mark.slow
def test_passes_the_types(copy: Path) -> None:
    found = run(copy, "-m", "mypy", *written(copy))
    assert found.returncode == 0, found.stdout


@pytest.mark.slow
def test_passes_contracts_and_architecture_and_leaves_its_own_tests_to_be_written(copy: Path) -> None:
    contracts = [
        f"tests/contract/test_{name}.py" for name in ("operations", "schemas", "problems", "bad_input")
    ]
    own = [place for place in written(copy) if place.startswith("tests/")]
    found = run(copy, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/architecture", *contracts, *own)
    assert found.returncode == 0, found.stdout[-5000:]
    assert f"{2 * len(CASES)} xfailed" in found.stdout


@pytest.mark.slow
def test_touches_nothing_but_the_document_and_the_build(copy: Path) -> None:
    changed = {
        place
        for path in copy.rglob("*")
        if path.is_file() and (ROOT / (place := path.relative_to(copy))).exists()
        if place.parts[0] in _COPIED and "__pycache__" not in place.parts
        if path.read_bytes() != (ROOT / place).read_bytes()
    }
    for place in changed:
        assert place.name in {"BUILD", "functions.yaml"} or place.parts[0] == "openapi"
        if place.name == "BUILD":
            assert (copy / place).read_text().startswith((ROOT / place).read_text())


REFUSED = {
    "unknown tag": (("cinema", "show_film"), "invalid choice"),
    "operation in camel case": (("sales", "refundOrder"), "joined by underscores"),
    "operation of one word": (("sales", "refund"), "joined by underscores"),
    "operation that exists": (("sales", "void_order"), "the operation exists"),
    "operation that exists elsewhere": (("sales", "create_raffle"), "the operation exists"),
    "route without a method": (("sales", "gift_order", "--route", "/staff/orders"), "a method and a path"),
    "route that exists": (
        ("sales", "gift_order", "--route", "POST /staff/orders/{order_id}/void"),
        "exists in openapi/sales.yaml",
    ),
    "route about nothing": (("sales", "gift_all", "--route", "POST /staff/gifts"), "the path has"),
    "unknown permission": (
        ("sales", "gift_order", "--permission", "orders:gift"),
        "has no orders:gift",
    ),
    "no operation": (("sales",), "required: OPERATION"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refuses_and_writes_nothing(name: str) -> None:
    arguments, message = REFUSED[name]
    found = _riff(ROOT, *arguments)
    assert found.returncode == 2
    assert message in found.stderr
