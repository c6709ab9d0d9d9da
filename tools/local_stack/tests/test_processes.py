"""A process is known by id and start, outlives its starter, and is stopped only if it is the one."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tools.local_stack.processes import Process, recall, remember, start_detached, started_at

SLEEPER = [sys.executable, "-c", "import time; print('up', flush=True); time.sleep(60)"]


def started(tmp_path: Path) -> Process:
    return start_detached(SLEEPER, tmp_path / "log", tmp_path, os.environ)


def end(process: Process) -> None:
    process.send(signal.SIGKILL)
    os.waitpid(process.pid, 0)


def test_a_record_is_found_again_and_lives_as_long_as_the_process(tmp_path: Path) -> None:
    process = started(tmp_path)
    remember(tmp_path / "record", process)
    assert recall(tmp_path / "record") == process
    assert started_at(process.pid) == process.started
    end(process)
    assert started_at(process.pid) is None
    assert process.wait(0.1)


def test_no_record_is_no_process(tmp_path: Path) -> None:
    assert recall(tmp_path / "record") is None


def test_another_start_is_another_process(tmp_path: Path) -> None:
    process = started(tmp_path)
    same_id = Process(process.pid, "another start")
    same_id.send(signal.SIGKILL)
    assert not same_id.alive
    assert process.alive
    end(process)


def test_a_zombie_has_ended() -> None:
    child = subprocess.Popen([sys.executable, "-c", ""])
    deadline = time.monotonic() + 10
    while started_at(child.pid) is not None and time.monotonic() < deadline:
        time.sleep(0.02)
    assert started_at(child.pid) is None
    child.wait()


def test_a_signal_to_a_process_that_has_ended_is_no_error(tmp_path: Path) -> None:
    process = started(tmp_path)
    end(process)
    process.send(signal.SIGTERM)


def test_waiting_has_an_end(tmp_path: Path) -> None:
    process = started(tmp_path)
    assert not process.wait(0.05)
    end(process)


def test_a_large_log_is_put_aside(tmp_path: Path) -> None:
    log = tmp_path / "part.log"
    log.write_bytes(b"x" * 10_000_001)
    end(start_detached(SLEEPER, log, tmp_path, os.environ))
    assert (tmp_path / "part.1.log").stat().st_size == 10_000_001
    assert log.stat().st_size < 100


def test_a_detached_process_has_a_session_of_its_own(tmp_path: Path) -> None:
    process = started(tmp_path)
    assert os.getsid(process.pid) == process.pid
    end(process)
