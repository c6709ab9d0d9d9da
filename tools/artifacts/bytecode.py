"""Bytecode to ship beside its source, so that a cold start does not compile.

Lambda unpacks a zip with dates of its own and cannot write, so the usual bytecode, which is held against the
date of its source, would be ignored and never replaced. An unchecked-hash file is taken as it is; a zip is
only ever replaced whole, so it cannot go stale. (PEP 552)
"""

import hashlib
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

_WORKER = Path(__file__).with_name("bytecode_worker.py")
_TAG = "cpython-313"


class BytecodeError(Exception):
    """A file that ships cannot be compiled."""


class Bytecode:
    """Compiles each distinct file once, however many functions contain it."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], bytes] = {}

    def of(self, sources: Mapping[str, bytes]) -> dict[str, bytes]:
        """The bytecode files of Python files, both by their names in an archive.

        Raises:
            BytecodeError: one of them is not Python 3.13.
        """
        keys = {name: (name, hashlib.sha256(text).hexdigest()) for name, text in sources.items()}
        missing = {name: sources[name] for name, key in keys.items() if key not in self._known}
        for name, compiled in _compiled(missing).items():
            self._known[keys[name]] = compiled
        return {cached_name(name): self._known[key] for name, key in keys.items()}


def cached_name(name: str) -> str:
    """Where Python looks for the bytecode of a file."""
    path = PurePosixPath(name)
    return str(path.parent / "__pycache__" / f"{path.stem}.{_TAG}.pyc")


def _compiled(sources: Mapping[str, bytes]) -> dict[str, bytes]:
    if not sources:
        return {}
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        lines = []
        for number, (name, text) in enumerate(sources.items()):
            (folder / f"{number}.py").write_bytes(text)
            lines.append(f"{folder}/{number}.py\t{name}\t{folder}/{number}.pyc\n")
        # No site, no path, no variables: the worker starts the same everywhere.
        done = subprocess.run(
            [sys.executable, "-S", "-s", "-P", _WORKER],
            input="".join(lines),
            env={"PYTHONHASHSEED": "0", "PYTHONUTF8": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise BytecodeError(done.stderr.strip())
        return {name: (folder / f"{number}.pyc").read_bytes() for number, name in enumerate(sources)}
