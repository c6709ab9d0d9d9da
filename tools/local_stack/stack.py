"""Start, stop and state of all parts together."""

import contextlib
import dataclasses
import fcntl
import shutil
import signal
import time
from collections.abc import Iterator
from typing import Any, Final

from tools.local_stack import ports
from tools.local_stack.failure import StackError
from tools.local_stack.folder import LEDGER_KEY, Folder
from tools.local_stack.ledger_key import LEDGER_ORIGIN, public_key
from tools.local_stack.parts import Part, parts_of

_START_PATIENCE_S: Final = 60.0  # a busy machine with much state to read
_STOP_PATIENCE_S: Final = 20.0
_POLL_S: Final = 0.03
_EARLY_ENDS: Final = 3
_LOG_LINES: Final = 15


@dataclasses.dataclass(frozen=True)
class PartState:
    """How one part is."""

    name: str
    state: str  # running, silent, crashed or stopped
    address: str
    pid: int | None
    log: str


@contextlib.contextmanager
def locked(folder: Folder) -> Iterator[None]:
    """Keep other commands for the same folder waiting."""
    folder.make()
    with (folder.root / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def start(folder: Folder, port_base: int | None) -> dict[str, Any]:
    """Start what does not run, and describe the stack.

    Args:
        folder: where its state is.
        port_base: the first of its ports; None for those of the last time, or free ones.

    Raises:
        StackError: a part does not start.
    """
    with locked(folder):
        base = _port_base(folder, port_base)
        parts = parts_of(folder, base)
        folder.read_secrets()
        _describe(folder, base, parts, wanted="running")
        started = [part for part in parts if _started(part)]
        for part in started:
            _wait_until_healthy(part)
        return _describe(folder, base, parts, wanted="running")


def _port_base(folder: Folder, given: int | None) -> int:
    description = folder.read_description()
    known: int | None = description.get("port_base")
    if known is None:
        return ports.choose(folder.root, given)
    if any(_alive(part) for part in parts_of(folder, known)):
        if given not in {None, known}:
            raise StackError(f"the stack runs on ports {known} and up: stop it before giving it other ones")
        return known
    if given is not None:
        return ports.choose(folder.root, given)
    return known if ports.all_free(known) else ports.choose(folder.root, None)


def _alive(part: Part) -> bool:
    process = part.process()
    return process is not None and process.alive


def _started(part: Part) -> bool:
    """Start a part unless it runs and answers; whether there is something to wait for."""
    if _alive(part):
        return not part.healthy()
    part.prepare()
    if not _alive(part):
        part.start()
    return True


def _wait_until_healthy(part: Part) -> None:
    deadline = time.monotonic() + _START_PATIENCE_S
    ends = 0
    while not part.healthy():
        if not _alive(part):
            # A killed server's children may still hold the shared memory for a moment: it is tried again.
            ends += 1
            if ends == _EARLY_ENDS:
                raise StackError(f"{part.name} does not start:\n{_last_lines(part)}")
            time.sleep(_POLL_S * 10)
            part.prepare()
            part.start()
        if time.monotonic() > deadline:
            raise StackError(f"{part.name} does not answer:\n{_last_lines(part)}")
        time.sleep(_POLL_S)


def _last_lines(part: Part) -> str:
    lines = part.log.read_text(errors="replace").splitlines()[-_LOG_LINES:] if part.log.exists() else []
    return "\n".join([*(f"  {line}" for line in lines), f"full log: {part.log}"])


def _describe(folder: Folder, base: int, parts: list[Part], wanted: str) -> dict[str, Any]:
    def pid(part: Part) -> int | None:
        process = part.process()
        return process.pid if process is not None and process.alive else None

    description = {
        "wanted": wanted,
        "port_base": base,
        "secrets_file": str(folder.secrets),
        "logs": str(folder.logs),
        "ledger": {
            "origin": LEDGER_ORIGIN,
            "public_key": public_key(folder.read_secrets()[LEDGER_KEY]),
        },
        **{part.name: {**part.described(), "pid": pid(part)} for part in parts},
    }
    folder.write_description(description)
    return description


def stop(folder: Folder) -> list[str]:
    """Stop what was started here and still runs; the names of the parts stopped, the last started first."""
    with locked(folder):
        base = folder.read_description().get("port_base")
        if base is None:
            return []
        parts = parts_of(folder, base)
        stopped = [part.name for part in reversed(parts) if _stopped(part)]
        _describe(folder, base, parts, wanted="stopped")
        return stopped


def _stopped(part: Part) -> bool:
    process = part.process()
    if process is None or not process.alive:
        part.forget()
        return False
    process.send(part.stop_signal)
    if not process.wait(_STOP_PATIENCE_S):
        process.send(signal.SIGKILL)
        process.wait(_STOP_PATIENCE_S)
    part.forget()
    return True


def states(folder: Folder) -> list[PartState]:
    """How each part is; empty if the stack was never started here."""
    description = folder.read_description()
    base = description.get("port_base")
    if base is None:
        return []
    return [_state(part, description["wanted"]) for part in parts_of(folder, base)]


def _state(part: Part, wanted: str) -> PartState:
    process = part.process()
    if process is not None and process.alive:
        state, pid = ("running" if part.healthy() else "silent"), process.pid
    else:
        state, pid = ("crashed" if wanted == "running" else "stopped"), None
    return PartState(part.name, state, part.address(), pid, str(part.log))


def reset(folder: Folder) -> None:
    """Stop the stack and delete its folder with everything in it.

    Raises:
        StackError: the folder is not one of a stack.
    """
    if not folder.root.exists():
        return
    if not folder.description.exists():
        if any(folder.root.iterdir()):
            raise StackError(f"{folder.root} is not the state of a stack: nothing was deleted")
        return
    stop(folder)
    shutil.rmtree(folder.root)
