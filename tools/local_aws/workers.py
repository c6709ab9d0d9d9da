# ruff: noqa: SLF001 - it extends the internals of one pinned version
"""Functions see their zip and the standard library, nothing of the server; logs end with their invocation.

ministack starts a worker on its own interpreter: the server's packages are importable there, and a zip that
lacks a library works on this machine only. After a handler that logged nothing it waits 50 ms for late lines.
"""

import hashlib
import queue
import shlex
import shutil
import stat
import sys
import tempfile
import time
import types
import zipfile
from collections.abc import Iterable
from os import PathLike
from pathlib import Path
from typing import ClassVar, Final

from tools.local_aws.upstream import Untyped

_END_OF_LOG: Final = "\x1eend of log\x1e"
_LONGEST_WAIT_S: Final = 0.25
_CODE: Final = "code"

# Runs in the worker before ministack's own script, whose first act is to keep `sys.stdout` for its replies.
_PROLOGUE: Final = f'''
import sys

class _Replies:
    """Marks the end of an invocation's log just before its reply leaves."""

    def __init__(self, stream):
        self._stream = stream

    def write(self, text):
        if not text.startswith('{{"status": "ready"'):
            sys.stderr.write({_END_OF_LOG!r} + "\\n")
            sys.stderr.flush()
        return self._stream.write(text)

    def flush(self):
        self._stream.flush()

sys.stdout = _Replies(sys.stdout)
'''


class WrongPythonError(Exception):
    """A function asks for another Python than the one that the local AWS runs on."""


def extend(lambda_runtime: Untyped, folder: Path, hidden: Iterable[str]) -> None:
    """Change how ministack starts Python functions and collects their logs.

    Args:
        lambda_runtime: ministack's module of workers.
        folder: where to put the interpreter that the workers are started with.
        hidden: names of variables of the server that functions must not see.
    """
    interpreter = write_isolated_interpreter(folder / "python", hidden)
    _isolate(lambda_runtime, interpreter)
    _unpack_once(lambda_runtime, folder / "unpacked")
    _end_logs_with_the_invocation(lambda_runtime)


def write_isolated_interpreter(path: Path, hidden: Iterable[str]) -> Path:
    """A program that is this Python without environment, user and site packages."""
    base = Path(sys.executable).resolve()  # out of the virtual environment
    path.write_text(
        "#!/bin/sh\n"
        f"unset {' '.join(sorted(hidden))}\n"
        # -I: no PYTHON* variables, no user packages, not the script's folder; -S: no site packages;
        # -B: AWS's folder of code cannot be written to, so no bytecode appears in it there either.
        f'exec {shlex.quote(str(base))} -I -S -B -X utf8 "$@"\n'
    )
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def _isolate(lambda_runtime: Untyped, interpreter: Path) -> None:
    original = lambda_runtime._detect_runtime_binary
    own = f"python{sys.version_info.major}.{sys.version_info.minor}"

    def detect_runtime_binary(runtime: str) -> tuple[str, str]:
        if not runtime.startswith("python"):
            other: tuple[str, str] = original(runtime)
            return other
        if runtime != own:
            raise WrongPythonError(f"the function wants {runtime}, the local AWS runs on {own}")
        return str(interpreter), _PROLOGUE + lambda_runtime._PYTHON_WORKER_SCRIPT

    lambda_runtime._detect_runtime_binary = detect_runtime_binary


class _SharedZip(zipfile.ZipFile):
    """A function's zip, unpacked once for all workers that run it."""

    shelf: ClassVar[Path]

    def extractall(
        self,
        path: str | PathLike[str] | None = None,
        members: Iterable[str | zipfile.ZipInfo] | None = None,
        pwd: bytes | None = None,
    ) -> None:
        """Make the worker's folder of code a link to the unpacked zip; anything else is unpacked as usual."""
        wanted = Path(path or ".")
        if wanted.name != _CODE or self.filename is None:
            super().extractall(path, members, pwd)
            return
        unpacked = self.shelf / hashlib.sha256(Path(self.filename).read_bytes()).hexdigest()
        if not unpacked.exists():
            beside = Path(tempfile.mkdtemp(dir=self.shelf))
            super().extractall(beside)
            try:
                beside.rename(unpacked)
            except OSError:  # another worker was faster
                shutil.rmtree(beside)
        wanted.rmdir()
        wanted.symlink_to(unpacked)


def _unpack_once(lambda_runtime: Untyped, shelf: Path) -> None:
    shelf.mkdir(exist_ok=True)
    shared = type("SharedZip", (_SharedZip,), {"shelf": shelf})
    names = {"BadZipFile": zipfile.BadZipFile, "LargeZipFile": zipfile.LargeZipFile}
    lambda_runtime.zipfile = types.SimpleNamespace(ZipFile=shared, **names)


def _end_logs_with_the_invocation(lambda_runtime: Untyped) -> None:
    original = lambda_runtime.Worker._drain_stderr_bounded

    def drain(worker: Untyped) -> str:
        if not str(worker.config.get("Runtime", "")).startswith("python"):
            other: str = original(worker)
            return other
        return "\n".join(lines_until_end(worker._stderr_queue))

    lambda_runtime.Worker._drain_stderr_bounded = drain


def lines_until_end(lines: "queue.Queue[str]") -> list[str]:
    """The lines of one invocation; a worker that died without marking the end is waited for only briefly."""
    found: list[str] = []
    deadline = time.monotonic() + _LONGEST_WAIT_S
    while True:
        try:
            line = lines.get(timeout=max(0.0, deadline - time.monotonic()))
        except queue.Empty:
            return found
        if line.endswith(_END_OF_LOG):
            unfinished = line.removesuffix(_END_OF_LOG)
            return [*found, unfinished] if unfinished else found
        found.append(line)
