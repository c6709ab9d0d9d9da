"""The demonstration remembers what it asked for, and says what is missing. The journeys run all of it."""

import json
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tools.local_stack.aws_client import client
from tools.local_stack.demonstration import Demonstration, Requests, curl_lines
from tools.local_stack.folder import Folder
from tools.local_stack.tests.conftest import Stack

pytestmark = pytest.mark.slow

NOW = datetime(2026, 5, 1, 12, 0, 0, 123, tzinfo=UTC)


def kept(tmp_path: Path) -> Requests:
    return Requests(Folder(tmp_path))


def test_the_same_requests_are_made_again(tmp_path: Path) -> None:
    first = kept(tmp_path).of_raffle(NOW)
    assert kept(tmp_path).of_raffle(NOW + timedelta(days=5)) == first


def test_a_raffle_about_to_close_is_followed_by_another(tmp_path: Path) -> None:
    first = kept(tmp_path).of_raffle(NOW)
    second = kept(tmp_path).of_raffle(NOW + timedelta(days=29, hours=1))
    assert second["key"] != first["key"]
    assert second["raffle"]["sales_window"]["opens_at"] == "2026-05-30T13:00:00+00:00"


def test_the_password_is_made_once_and_only_the_owner_can_read_it(tmp_path: Path) -> None:
    password = kept(tmp_path).password
    assert kept(tmp_path).password == password
    assert len(password) >= 14
    assert (tmp_path / "demonstration.json").stat().st_mode & 0o777 == 0o600


def test_the_lines_are_good_for_a_shell() -> None:
    made = Demonstration(
        "http://127.0.0.1:1/v1", "http://127.0.0.1:1", "a@b.example", "p-Aa1", "c1", "r1", "k1"
    )
    lines = curl_lines(made)
    checked = subprocess.run(["sh", "-n"], input=lines, capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")
    assert '"package_id": "k1"' in lines


def identity(stack: Stack) -> Any:  # noqa: ANN401 - botocore has no types
    return client(stack.description, "cognito-idp")


def test_what_is_missing_is_said(running: Stack) -> None:
    assert "no user pool local-staff" in running.run("demonstrate", expect=1).stderr
    pool = identity(running).create_user_pool(PoolName="local-staff", UsernameAttributes=["email"])[
        "UserPool"
    ]
    assert "has no client" in running.run("demonstrate", expect=1).stderr
    identity(running).create_user_pool_client(
        UserPoolId=pool["Id"], ClientName="local-staff", ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH"]
    )
    assert "migrate it first" in running.run("demonstrate", expect=1).stderr


def test_a_stack_that_was_never_started_has_no_demonstration(tmp_path: Path) -> None:
    assert "never started" in Stack(tmp_path / "state").run("demonstrate", expect=1).stderr


def test_the_sandbox_knows_where_notices_go(running: Stack) -> None:
    pid = running.description["payments"]["pid"]
    command = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    assert f"{running.description['aws']['api']}/payments/notices".encode() in command


def test_stack_json_holds_no_secret(running: Stack) -> None:
    text = (running.state / "stack.json").read_text()
    assert not [
        secret
        for secret in json.loads((running.state / "secrets.json").read_text()).values()
        if secret in text
    ]
