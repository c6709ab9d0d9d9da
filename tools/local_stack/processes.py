"""Processes that outlive the command that starts them, and are never mistaken for others.

A process is known by its id and the moment it was started: ids are used again, and what has only the same id
is not ours to stop.
"""

import dataclasses
import json
import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from tools.local_stack.folder import write_whole

_POLL_S: Final = 0.02
_LARGEST_LOG: Final = 10_000_000
_BOOT: Final = Path("/proc/sys/kernel/random/boot_id")
# Fields of /proc/PID/stat after the name in parentheses: the state, and the start in ticks since boot.
_STATE_FIELD: Final = 0
_START_FIELD: Final = 19


@dataclasses.dataclass(frozen=True)
class Process:
    """One process, told apart from every other that ever had its id."""

    pid: int
    started: str

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return started_at(self.pid) == self.started

    def send(self, signum: int) -> None:
        """Send a signal, unless it has ended."""
        if not hasattr(os, "pidfd_open"):
            if self.alive:
                os.kill(self.pid, signum)
            return
        try:
            # The descriptor stays with this process: nothing can change between the check and the signal.
            descriptor = os.pidfd_open(self.pid)
        except ProcessLookupError:
            return
        try:
            if self.alive:
                signal.pidfd_send_signal(descriptor, signum)
        except ProcessLookupError:
            return
        finally:
            os.close(descriptor)

    def wait(self, patience_s: float) -> bool:
        """Whether it has ended within the time given."""
        deadline = time.monotonic() + patience_s
        while self.alive:
            if time.monotonic() > deadline:
                return False
            time.sleep(_POLL_S)
        return True


def started_at(pid: int) -> str | None:
    """When a running process was started, in a form good for comparison only; None if there is none."""
    if not _BOOT.exists():
        return _started_at_by_ps(pid)
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
    # A zombie has ended; only its parent has not looked yet.
    if fields[_STATE_FIELD] in "ZX":
        return None
    return f"{_BOOT.read_text().strip()} {fields[_START_FIELD]}"


def _started_at_by_ps(pid: int) -> str | None:
    told = subprocess.run(
        ["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return told.stdout.strip() or None


def start_detached(
    command: Sequence[str | Path], log: Path, folder: Path, environment: Mapping[str, str]
) -> Process:
    """Start a program that goes on when this one ends, its output appended to a log."""
    if log.exists() and log.stat().st_size > _LARGEST_LOG:
        log.replace(log.with_suffix(".1.log"))
    with log.open("ab") as output:
        child = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd=folder,
            env=dict(environment),
            start_new_session=True,  # a Ctrl-C in the developer's terminal is not for it
        )
    child.returncode = 0  # nobody here waits for it: it is init's once this program has ended
    return Process(child.pid, started_at(child.pid) or "ended")


def remember(path: Path, process: Process) -> None:
    """Write down a process."""
    write_whole(path, json.dumps(dataclasses.asdict(process)) + "\n")


def recall(path: Path) -> Process | None:
    """The process that was written down, whether or not it still runs."""
    try:
        return Process(**json.loads(path.read_text()))
    except FileNotFoundError:
        return None
