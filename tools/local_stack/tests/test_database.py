"""The cluster: durable, closed to all but its roles, and back after any kill."""

import json
import os
import tempfile
from pathlib import Path

import psycopg
import pytest

from tools.local_stack.tests.conftest import Stack

pytestmark = pytest.mark.slow


def test_passwords_are_made_once_and_only_the_owner_can_read_them(running: Stack) -> None:
    file = running.state / "secrets.json"
    before = file.read_text()
    running.run("start")
    assert file.read_text() == before
    assert file.stat().st_mode & 0o777 == 0o600
    made = json.loads(before)
    assert set(made) == {
        *("riff_owner", "riff_reader", "riff_business", "riff_critical"),
        *("api_key", "notice_secret", "ledger_key"),
    }
    assert len(set(made.values())) == 7


def test_the_owner_owns_the_database_and_is_no_superuser(running: Stack) -> None:
    query = "SELECT rolsuper, rolcreaterole, pg_get_userbyid(datdba) FROM pg_roles, pg_database"
    with running.connect() as connection:
        found = connection.execute(query + " WHERE rolname = 'riff_owner' AND datname = 'riff'").fetchone()
    assert found == (False, True, "riff_owner")


@pytest.mark.parametrize(
    ("user", "password"), [("postgres", "postgres"), ("riff_owner", "wrong"), ("nobody", "x")]
)
def test_nobody_else_can_log_in(running: Stack, user: str, password: str) -> None:
    with pytest.raises(psycopg.OperationalError, match="authentication failed"):
        running.connect(user, password)


def test_commits_are_durable_and_text_is_utf_8(running: Stack) -> None:
    with running.connect() as connection:
        settings = {
            name: (connection.execute(f"SHOW {name}").fetchone() or [None])[0]
            for name in ("fsync", "synchronous_commit", "server_encoding", "timezone", "data_checksums")
        }
        version = connection.info.server_version
    assert settings == {
        "fsync": "on",
        "synchronous_commit": "on",
        "server_encoding": "UTF8",
        "timezone": "UTC",
        "data_checksums": "on",
    }
    assert version // 10_000 == 18


def test_the_database_listens_on_loopback_only(running: Stack) -> None:
    with running.connect() as connection:
        found = connection.execute("SHOW listen_addresses").fetchone()
    assert found == ("127.0.0.1",)
    assert not list(Path(tempfile.gettempdir()).glob(f".s.PGSQL.{running.description['postgres']['port']}*"))


def test_rows_survive_a_kill_of_everything(running: Stack) -> None:
    with running.connect() as connection:
        connection.execute("DROP TABLE IF EXISTS sold")
        connection.execute("CREATE TABLE sold (number integer PRIMARY KEY)")
        connection.execute("INSERT INTO sold SELECT generate_series(1, 1000)")
    running.kill(*running.pids)
    assert set(running.states().values()) == {"crashed"}
    running.run("start")
    with running.connect() as connection:
        assert connection.execute("SELECT count(*) FROM sold").fetchone() == (1000,)


def test_a_stale_lock_that_names_a_foreign_process_does_not_stop_the_database(running: Stack) -> None:
    running.kill(*running.pids)
    lock = running.state / "postgres" / "postmaster.pid"
    lines = lock.read_text().split("\n")
    lock.write_text("\n".join([str(os.getpid()), *lines[1:]]))
    running.run("start")
    assert running.states()["postgres"] == "running"


def test_a_server_that_was_not_written_down_is_found_again(running: Stack) -> None:
    pid = running.description["postgres"]["pid"]
    (running.state / "processes" / "postgres.json").unlink()
    running.run("start")
    assert running.description["postgres"]["pid"] == pid


@pytest.mark.skipif(os.geteuid() != 0, reason="only root needs another account for PostgreSQL")
def test_root_runs_the_database_as_another_account_behind_closed_folders(running: Stack) -> None:
    running.state.parent.chmod(0o700)
    running.run("stop")
    running.run("start")
    pid = running.description["postgres"]["pid"]
    assert Path(f"/proc/{pid}").stat().st_uid != 0
    assert running.state.stat().st_mode & 0o777 == 0o700
