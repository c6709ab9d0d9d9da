"""Digests of files and folders: how the door knows that something has not changed."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

_LEFT_OUT = {
    "__pycache__",
    ".terraform",
    ".terraform.lock.hcl",
    ".terragrunt-cache",
    ".terragrunt-stack",
    ".mypy_cache",
    ".ruff_cache",
    ".pytest_cache",
}


def digest(paths: Iterable[Path], *more: str) -> str:
    """One digest over the names and contents of files, of all files under folders, and over some words."""
    whole = hashlib.sha256()
    for word in more:
        whole.update(f"word {word}\0".encode())
    for path in paths:
        for file in _files(path):
            name = str(file.relative_to(path.parent))
            whole.update(f"file {name}\0{hashlib.sha256(file.read_bytes()).hexdigest()}\0".encode())
    return whole.hexdigest()


class Stamps:
    """Digests that were current when work was last done, kept in one file."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def current(self, name: str, value: str) -> bool:
        """Whether the work called so was last done for this digest."""
        return self._read().get(name) == value

    def record(self, name: str, value: str) -> None:
        """The work called so is done for this digest."""
        stamps = {**self._read(), name: value}
        self._file.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._file.with_suffix(".tmp")
        fresh.write_text(json.dumps(stamps, indent=2, sort_keys=True) + "\n")
        fresh.replace(self._file)

    def forget(self, *names: str) -> None:
        """The work called so must be done again."""
        if self._file.exists():
            kept = {name: value for name, value in self._read().items() if name not in names}
            self._file.write_text(json.dumps(kept, indent=2, sort_keys=True) + "\n")

    def _read(self) -> dict[str, str]:
        try:
            stamps: dict[str, str] = json.loads(self._file.read_text())
        except (OSError, ValueError):
            return {}
        return stamps


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
        return
    for entry in sorted(path.iterdir()) if path.is_dir() else ():
        if entry.name not in _LEFT_OUT and not entry.is_symlink():
            yield from _files(entry)
