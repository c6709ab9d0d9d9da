"""What becomes of a zip."""

import io
import zipfile
from pathlib import Path

import pytest

from tools.artifacts.finishing import CoreDiffersError, Finisher

CORE = {"riff_critical/__init__.py": b'"""Core."""\n', "riff_critical/draw/rank.py": b"RANK = 1\n"}


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    for name, content in CORE.items():
        (tmp_path / "src" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "src" / name).write_bytes(content)
    return tmp_path / "src"


def finished(folder: Path, sources: Path, files: dict[str, bytes]) -> list[str]:
    with zipfile.ZipFile(folder / "in.zip", "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    data = Finisher(sources).finish(folder / "in.zip")
    assert data == Finisher(sources).finish(folder / "in.zip")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.namelist()


def test_bytecode_is_added_but_not_to_the_core(tmp_path: Path, sources: Path) -> None:
    names = finished(tmp_path, sources, {**CORE, "riff/errors.py": b"X = 1\n"})
    assert names == [
        "riff/__pycache__/errors.cpython-313.pyc",
        "riff/errors.py",
        "riff_critical/__init__.py",
        "riff_critical/draw/rank.py",
    ]


def test_what_only_installers_and_editors_read_is_left_out(tmp_path: Path, sources: Path) -> None:
    left_out = (
        "x-1.dist-info/RECORD",
        "x-1.dist-info/WHEEL",
        "x/py.typed",
        "x/x.pyi",
        "bin/x",
        "x/page/bundle.min.js",
        "lambda_function.py",
    )
    kept = ("x-1.dist-info/METADATA", "x-1.dist-info/licenses/LICENSE", "x/lib.so")
    names = finished(tmp_path, sources, {**CORE, **dict.fromkeys((*left_out, *kept), b"")})
    assert names == sorted((*CORE, *kept))


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"riff_critical/__init__.py": b'"""Kore."""\n'}, "riff_critical/__init__.py"),
        ({"riff_critical/more.py": b""}, "riff_critical/more.py"),
    ],
    ids=["another content", "one file more"],
)
def test_a_core_that_is_not_this_checkouts_is_refused(
    tmp_path: Path, sources: Path, change: dict[str, bytes], named: str
) -> None:
    with pytest.raises(CoreDiffersError, match=f"in.zip: not as in this checkout: {named}"):
        finished(tmp_path, sources, {**CORE, **change})


def test_half_a_core_is_refused(tmp_path: Path, sources: Path) -> None:
    with pytest.raises(CoreDiffersError, match=r"riff_critical/draw/rank\.py"):
        finished(tmp_path, sources, {"riff_critical/__init__.py": CORE["riff_critical/__init__.py"]})
