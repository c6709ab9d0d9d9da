"""A stack of its own for each test module, driven through the command line as a developer drives it."""

import dataclasses
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tools.local_stack.processes import started_at


@dataclasses.dataclass
class Stack:
    """One stack, driven as a developer drives it."""

    state: Path

    def run(self, command: str, *arguments: str, expect: int | None = 0) -> subprocess.CompletedProcess[str]:
        ended = subprocess.run(
            [sys.executable, "-m", "tools.local_stack", command, "--state", str(self.state), *arguments],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        if expect is not None:
            assert ended.returncode == expect, ended.stdout + ended.stderr
        return ended

    @property
    def description(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.state / "stack.json").read_text())
        return found

    @property
    def pids(self) -> list[int]:
        return [
            self.description[part]["pid"] for part in ("postgres", "aws", "payments", "beacon", "witness")
        ]

    def states(self) -> dict[str, str]:
        told = json.loads(self.run("status", "--json", expect=None).stdout)
        return {entry["name"]: entry["state"] for entry in told}

    def connect(self, user: str = "riff_owner", password: str | None = None) -> "psycopg.Connection[Any]":
        server = self.description["postgres"]
        secrets = json.loads((self.state / "secrets.json").read_text())
        return psycopg.connect(
            host=server["host"],
            port=server["port"],
            dbname=server["database"],
            user=user,
            password=password or secrets.get(user, "none"),
            autocommit=True,
        )

    def kill(self, *pids: int) -> None:
        for pid in pids:
            os.kill(pid, signal.SIGKILL)
        deadline = time.monotonic() + 5
        while any(started_at(pid) for pid in pids) and time.monotonic() < deadline:
            time.sleep(0.02)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    stack = Stack(tmp_path_factory.mktemp("stack") / "state")
    yield stack
    stack.run("reset", expect=None)


@pytest.fixture
def running(shared: Stack) -> Stack:
    shared.run("start")
    return shared
