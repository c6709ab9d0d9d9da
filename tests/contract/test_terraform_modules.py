"""Every module, unit and the local root that has tests passes them, with the provider played by Terraform."""

import os
import subprocess
from pathlib import Path

import pytest

from tools.door import terraform
from tools.door.failure import MissingToolError

_ROOT = Path(__file__).parents[2]
_MODULES = sorted(path for path in (_ROOT / "terraform/modules").iterdir() if path.is_dir())
_UNITS = sorted(path.parent for path in (_ROOT / "terraform/units").glob("*/tests"))
_FOLDERS = [*_MODULES, *_UNITS, _ROOT / "terraform/local"]


@pytest.fixture(scope="module")
def program() -> Path:
    try:
        return terraform.program()
    except MissingToolError as error:
        pytest.skip(f"no Terraform to run: {error}")


def _run(program: Path, folder: Path, data: Path, *words: str) -> subprocess.CompletedProcess[str]:
    settings = {**os.environ, **terraform.settings(), "TF_DATA_DIR": str(data)}
    return subprocess.run(  # noqa: S603 - a fixed program with fixed words
        [program, f"-chdir={folder}", *words, "-no-color"],
        env=settings,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
@pytest.mark.parametrize("folder", _FOLDERS, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_passes_its_own_tests(folder: Path, program: Path, tmp_path: Path) -> None:
    started = _run(program, folder, tmp_path, "init", "-backend=false", "-input=false")
    assert started.returncode == 0, started.stderr
    tested = _run(program, folder, tmp_path, "test")
    assert tested.returncode == 0, tested.stdout + tested.stderr
