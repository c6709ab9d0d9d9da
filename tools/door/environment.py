"""The virtual environment of tests, checks and the local stack: Python 3.13 with exactly what the lock says.

Each state of the lock has its own folder below `venvs`, and `venv` is a link to the finished one. So an
environment is either whole or not there, and one that is in use is not changed under its users.
"""

import contextlib
import fcntl
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from tools.door import checkout, pythons
from tools.door.digests import digest
from tools.door.process import Argv, run_logged

PYTHON = "3.13"
LOCK = checkout.LOCKS / "tools.lock.txt"
_KEPT = 2


def link() -> Path:
    """Where the environment is reached."""
    return checkout.state() / "venv"


def python() -> Path:
    """The environment's interpreter, after making the environment if the lock or Python has changed.

    Raises:
        MissingToolError: there is no Python 3.13.
        ToolFailedError: an installation failed; the former environment is still in place.
    """
    if not ready():
        with exclusive(checkout.state() / "setup.lock"):
            if not ready():
                _make(pythons.need_python(PYTHON, "functions and tools"))
    return link() / "bin" / "python"


def program(name: str) -> Path:
    """A program that the lock installs, such as ruff."""
    return python().parent / name


def imports() -> dict[str, str]:
    """Variables for programs that import our own code: the environment does not hold it.

    It must not: functions of the local stack run beside this environment, and would find the sources there
    instead of what their zip contains.
    """
    return {"PYTHONPATH": os.pathsep.join((str(checkout.SOURCES), str(checkout.ROOT)))}


def ready() -> bool:
    """Whether the environment is there and is the lock's."""
    target = link().resolve()
    return target.name == _name() and (target / "complete").exists() and (target / "bin" / "python").exists()


def install(folder: Path, interpreter: pythons.Python, lock: Path, purpose: str) -> None:
    """Make an environment that holds exactly what a lock says; only a whole one has the file `complete`."""
    shutil.rmtree(folder, ignore_errors=True)  # a leftover of an interrupted installation
    run_logged([interpreter.executable, "-m", "venv", folder], f"Python {interpreter.version} for {purpose}")
    python = folder / "bin" / "python"
    # No dependency is resolved: the lock is the whole list, and everything in it has a hash.
    strict: Argv = ["--require-hashes", "--no-deps", "--only-binary", ":all:", "--requirement", lock]
    run_logged(
        [python, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", *strict],
        f"its libraries, from {lock.name}",
    )
    (folder / "complete").touch()


@contextlib.contextmanager
def exclusive(lock: Path) -> Iterator[None]:
    """Keep other commands of the same user out while something shared is made."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _name() -> str:
    return digest([LOCK], PYTHON)[:12]


def _make(interpreter: pythons.Python) -> None:
    folder = checkout.state() / "venvs" / _name()
    install(folder, interpreter, LOCK, "tests, checks and the local stack")
    _point_to(folder)
    _drop_old(folder.parent)


def _point_to(folder: Path) -> None:
    fresh = link().with_suffix(".new")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(Path(folder.parent.name) / folder.name)
    fresh.replace(link())


def _drop_old(folder: Path) -> None:
    """Keep the last few: a running stack may still use the one before."""
    for old in sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime)[:-_KEPT]:
        shutil.rmtree(old, ignore_errors=True)
