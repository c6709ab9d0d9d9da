"""Finding interpreters: on PATH, then pyenv's real ones, then those that uv manages."""

import json
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tools.door.failure import MissingToolError

_PROBE = """
import importlib.util, json, sys, sysconfig
print(json.dumps({
    "version": ".".join(map(str, sys.version_info[:3])),
    "executable": sys.executable,
    "usable": sys.version_info[3] == "final" and not sysconfig.get_config_var("Py_GIL_DISABLED")
        and all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")),
}))
"""
_PROBE_TIMEOUT_S = 20


@dataclass(frozen=True)
class Python:
    """An interpreter that was run and answered."""

    executable: Path
    version: str


def find_python(minor: str) -> Python | None:
    """An interpreter of a version such as "3.13" that can make virtual environments."""
    for candidate in dict.fromkeys(_candidates(minor)):
        found = _ask(candidate)
        if found and found.version.startswith(f"{minor}."):
            return found
    return None


def need_python(minor: str, purpose: str) -> Python:
    """An interpreter of that version.

    Raises:
        MissingToolError: there is none, with the ways to get one.
    """
    found = find_python(minor)
    if found is None:
        raise MissingToolError(
            f"Python {minor} ({purpose})",
            "none with venv and ensurepip was found on PATH, in pyenv or in uv",
            how_to_get(minor),
        )
    return found


def how_to_get(minor: str) -> str:
    """The ways to install an interpreter of that version."""
    system = f"your system's python{minor} and python{minor}-venv"
    return f"`pyenv install {minor}`, `uv python install {minor}`, or {system}"


def _candidates(minor: str) -> Iterator[Path]:
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    for folder in map(Path, filter(None, os.environ.get("PATH", "").split(os.pathsep))):
        if folder.name == "shims":  # a shim answers to versions that it cannot run
            continue
        yield from (folder / name for name in (f"python{minor}", "python3", "python"))
    yield from _newest(pyenv / "versions", f"{minor}.*", minor)
    data = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    uv = Path(os.environ.get("UV_PYTHON_INSTALL_DIR") or data / "uv" / "python")
    yield from _newest(uv, f"cpython-{minor}*", minor)


def _newest(folder: Path, pattern: str, minor: str) -> Iterator[Path]:
    def patch(found: Path) -> int:
        digits = "".join(c if c.isdigit() else " " for c in found.name.split(f"{minor}.", 1)[-1]).split()
        return int(digits[0]) if digits else 0

    for found in sorted(folder.glob(pattern), key=patch, reverse=True):
        yield found / "bin" / f"python{minor}"


@cache
def _ask(candidate: Path) -> Python | None:
    if not candidate.is_file() or not os.access(candidate, os.X_OK):
        return None
    try:
        answer = subprocess.run(
            [candidate, "-I", "-c", _PROBE], capture_output=True, check=True, timeout=_PROBE_TIMEOUT_S
        )
        told = json.loads(answer.stdout)
    except (OSError, subprocess.SubprocessError, ValueError):
        return None
    return Python(Path(told["executable"]), told["version"]) if told["usable"] else None
