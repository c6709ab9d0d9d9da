"""What the stack refuses to do, and whom it leaves alone."""

import json
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tools.local_stack.tests.conftest import Stack

pytestmark = pytest.mark.slow


def test_stop_leaves_a_process_alone_that_has_only_the_same_id(running: Stack) -> None:
    bystander = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    try:
        running.kill(running.description["payments"]["pid"])
        record = {"pid": bystander.pid, "started": "long ago"}
        (running.state / "processes" / "payments.json").write_text(json.dumps(record))
        assert running.run("stop").stdout == "stopped witness, beacon, aws, postgres\n"
        assert bystander.poll() is None
    finally:
        bystander.kill()
        bystander.wait()


def test_other_ports_need_a_stop_first(running: Stack) -> None:
    other = running.description["port_base"] - 100
    assert "stop it" in running.run("start", "--port-base", str(other), expect=1).stderr


def test_two_stacks_run_side_by_side_and_taken_ports_are_avoided(running: Stack, tmp_path: Path) -> None:
    second = Stack(tmp_path / "state")
    refused = second.run("start", "--port-base", str(running.description["port_base"]), expect=1)
    assert "taken" in refused.stderr
    try:
        second.run("start")
        assert second.description["port_base"] != running.description["port_base"]
        second.run("stop")
        assert set(running.states().values()) == {"running"}
        blocked = second.description["port_base"]
        with socket.socket() as foreign:
            foreign.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            foreign.bind(("127.0.0.1", blocked))
            foreign.listen()
            second.run("start")
        assert second.description["port_base"] != blocked
    finally:
        second.run("reset", expect=None)
    assert not second.state.exists()


@pytest.mark.parametrize("base", ["0", "80", "65535", "-5"])
def test_ports_that_make_no_sense_are_refused(tmp_path: Path, base: str) -> None:
    assert "port-base" in Stack(tmp_path / "state").run("start", f"--port-base={base}", expect=1).stderr


def test_status_of_a_stack_that_never_started(tmp_path: Path) -> None:
    stack = Stack(tmp_path / "state")
    assert stack.run("status", expect=3).stdout == "the stack was never started here\n"
    assert stack.run("stop").stdout == "nothing was running\n"
    assert not stack.state.exists()


def test_reset_deletes_no_folder_but_that_of_a_stack(tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("x")
    assert "nothing was deleted" in Stack(tmp_path).run("reset", expect=1).stderr
    assert (tmp_path / "precious").exists()


def test_a_failing_part_shows_the_end_of_its_log(running: Stack) -> None:
    running.run("stop")
    broken = running.state / "payments"
    shutil.move(broken, running.state / "kept")
    broken.write_text("not a folder")
    try:
        told = running.run("start", expect=1).stderr
    finally:
        broken.unlink()
        shutil.move(running.state / "kept", broken)
    assert "payments does not start" in told
    assert "FileExistsError" in told
    assert str(running.state / "logs" / "payments.log") in told
