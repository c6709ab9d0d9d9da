"""A machine of the tests' own: programs are small scripts in a folder that PATH names."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tools.door import pythons


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that stands for a machine: home, programs, state; nothing of the real one is found."""
    for folder in ("home", "bin", "state"):
        (tmp_path / folder).mkdir()
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("RIFF_STATE", str(tmp_path / "state"))
    for variable in (
        *("PYENV_ROOT", "XDG_CACHE_HOME", "XDG_DATA_HOME", "UV_PYTHON_INSTALL_DIR", "TF_CLI_CONFIG_FILE"),
        *(
            "TERRAFORM_CONFIG",
            "TF_PLUGIN_MIRROR",
            "RIFF_TERRAFORM_MIRROR",
            "RIFF_TERRAGRUNT",
            "RIFF_AWS_ENDPOINT",
            "CI",
        ),
    ):
        monkeypatch.delenv(variable, raising=False)
    pythons._ask.cache_clear()
    return tmp_path


@pytest.fixture
def program(machine: Path) -> Callable[..., Path]:
    """Install a program that is a shell script."""

    def install(path: str, script: str) -> Path:
        file = machine / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"#!/bin/sh\n{script}\n")
        file.chmod(0o755)
        return file

    return install
