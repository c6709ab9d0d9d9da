"""Running other programs: their output goes to a log, their failure becomes a sentence."""

import os
import re
import shlex
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from tools.door.checkout import ROOT, logs
from tools.door.failure import ToolFailedError
from tools.door.progress import Step, step

POLL_S = 0.1
STOP_GRACE_S = 10.0
TAIL_LINES = 15
TAIL_BYTES = 65536
_COLOUR = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")

Argv = Sequence[str | Path]


def run_logged(
    argv: Argv,
    title: str,
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path = ROOT,
    announce: bool = True,
    mark: str = "",
) -> Path:
    """Run a program to its end, with a progress line; the result is the path of its log.

    Args:
        argv: the program and its arguments.
        title: what it does, in a few words; names the log too.
        env: variables on top of ours.
        cwd: where it runs.
        announce: whether a progress line is shown at all.
        mark: tells logs of the same step apart that may be written at the same time.

    Raises:
        ToolFailedError: it ended with another status than 0.
    """
    log = log_path(f"{title} {mark}")
    if announce:
        with step(title) as current:
            _run(argv, title, log, env, cwd, current)
    else:
        _run(argv, title, log, env, cwd, None)
    return log


def capture(argv: Argv, *, env: Mapping[str, str] | None = None, cwd: Path = ROOT) -> str:
    """The standard output of a short program that is expected to succeed.

    Raises:
        ToolFailedError: it ended with another status than 0.
    """
    log = log_path(f"{Path(argv[0]).name} output")
    done = subprocess.run(
        [str(part) for part in argv], env=merged(env), cwd=cwd, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        log.write_text(done.stdout + done.stderr)
        raise ToolFailedError(shlex.join(map(str, argv)), done.returncode, tail(log), log)
    return done.stdout


def merged(env: Mapping[str, str] | None) -> dict[str, str]:
    """Our environment with some variables set; where Python finds modules is never the caller's choice."""
    ours = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}
    return {**ours, **(env or {})}


def log_path(title: str) -> Path:
    """Where the log of a step so titled is written."""
    return logs() / (re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-") + ".log")


def tail(log: Path, lines: int = TAIL_LINES) -> list[str]:
    """The last lines of a log, without colours and empty lines."""
    with log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - TAIL_BYTES))
        text = _COLOUR.sub("", file.read().decode(errors="replace"))
    return [line.rstrip() for line in text.splitlines() if line.strip()][-lines:]


def _run(
    argv: Argv, title: str, log: Path, env: Mapping[str, str] | None, cwd: Path, current: Step | None
) -> None:
    words = [str(part) for part in argv]
    with log.open("wb") as file:
        # A group of its own, so that an interruption reaches what the program has started too.
        process = subprocess.Popen(
            words,
            env=merged(env),
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            status = _wait(process, current)
        except BaseException:
            _stop(process)
            raise
    if status != 0:
        raise ToolFailedError(title, status, tail(log), log)


def _wait(process: subprocess.Popen[bytes], current: Step | None) -> int:
    while True:
        try:
            return process.wait(timeout=POLL_S)
        except subprocess.TimeoutExpired:
            if current:
                current.tick()


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End a program and its children, politely first."""
    for sent in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, sent)
        except ProcessLookupError:
            return
        deadline = time.monotonic() + STOP_GRACE_S
        while process.poll() is None and time.monotonic() < deadline:
            time.sleep(POLL_S)
        if process.poll() is not None:
            return
