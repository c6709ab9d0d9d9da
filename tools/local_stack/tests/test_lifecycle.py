"""Start, crash, recovery and stop of the real processes."""

import pytest

from tools.local_stack.processes import started_at
from tools.local_stack.tests.conftest import Stack

pytestmark = pytest.mark.slow


def test_a_started_stack_runs_and_says_where(running: Stack) -> None:
    assert running.states() == dict.fromkeys(("postgres", "aws", "payments", "beacon", "witness"), "running")
    assert str(running.description["aws"]["endpoint"]) in running.run("start").stdout
    running.run("status")


def test_a_second_start_changes_nothing(running: Stack) -> None:
    before = running.description
    running.run("start")
    assert running.description == before


@pytest.mark.parametrize("part", ["postgres", "aws", "payments", "beacon", "witness"])
def test_a_crash_is_said_and_start_recovers(running: Stack, part: str) -> None:
    killed = running.description[part]["pid"]
    others = [pid for pid in running.pids if pid != killed]
    running.kill(killed)
    told = running.run("status", expect=1).stdout
    assert f"{part} " in told
    assert running.states()[part] == "crashed"
    running.run("start")
    assert running.states()[part] == "running"
    assert set(others) < set(running.pids)


def test_stop_stops_and_start_finds_the_same_ports(running: Stack) -> None:
    ports = running.description["port_base"]
    pids = running.pids
    assert running.run("stop").stdout == "stopped witness, beacon, payments, aws, postgres\n"
    assert [pid for pid in pids if started_at(pid)] == []
    assert set(running.states().values()) == {"stopped"}
    running.run("status", expect=3)
    assert running.run("stop").stdout == "nothing was running\n"
    running.run("start")
    assert running.description["port_base"] == ports


def test_logs_of_an_unknown_function_name_what_there_is(running: Stack) -> None:
    assert "no single function is named nothing" in running.run("logs", "nothing", expect=1).stderr
