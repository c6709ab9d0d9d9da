"""The PostgreSQL cluster: made from a cached template, on loopback with passwords, safe against kills.

The superuser is used once, in single-user mode, to make the owner and the database. It has no password, so
nobody can log in as superuser; everything after that is the owner's.
"""

import dataclasses
import os
import shutil
import subprocess
import tempfile
import zlib
from pathlib import Path
from typing import Final

import psycopg

from tools.local_stack import postgres_programs
from tools.local_stack.failure import StackError
from tools.local_stack.folder import DATABASE, OWNER, Folder
from tools.local_stack.ports import HOST
from tools.local_stack.processes import Process, started_at
from tools.local_stack.unprivileged import Account, account_for

_INITDB_OPTIONS: Final = (
    "--username=postgres",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--auth=trust",  # for the template, which no server ever runs on
    "--no-sync",
)
_ADMITTED: Final = f"host all all {HOST}/32 scram-sha-256\n"
_SETTINGS: Final = {
    "listen_addresses": HOST,
    "unix_socket_directories": "",
    "max_connections": "200",
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
# What initdb would refuse to do without, and what no caller's setting (PGDATA, PGPORT) may change.
ENVIRONMENT: Final = {"PATH": os.defpath, "LANG": "C.UTF-8", "TZ": "UTC"}


@dataclasses.dataclass(frozen=True)
class Cluster:
    """The cluster of one stack."""

    folder: Folder
    port: int

    @property
    def _data(self) -> Path:
        return self.folder.postgres

    @property
    def _account(self) -> Account:
        return account_for(self._data)

    def ensure(self, password: str) -> None:
        """Make the cluster, its owner and its database, unless they exist.

        Args:
            password: of the owner.

        Raises:
            StackError: a program of PostgreSQL failed.
        """
        if self._data.exists():
            return
        account = self._account
        programs = postgres_programs.programs(account)
        for unfinished in self._data.parent.glob(".postgres.*"):
            shutil.rmtree(unfinished)
        beside = Path(tempfile.mkdtemp(prefix=".postgres.", dir=self._data.parent))
        shutil.copytree(_template(account, programs), beside, dirs_exist_ok=True)
        (beside / "pg_hba.conf").write_text(_ADMITTED)
        account.own(beside)
        statements = (
            f"CREATE ROLE {OWNER} LOGIN CREATEROLE PASSWORD '{password}';\n"
            f"CREATE DATABASE {DATABASE} OWNER {OWNER};\n"
        )
        single: list[str | Path] = [programs / "postgres", "--single", "-D", beside, "postgres"]
        _run([*account.prefix(), *single], statements)
        # The copy itself must survive a power cut, since all later care builds upon it.
        _run([*account.prefix(), programs / "initdb", "--sync-only", "-D", beside])
        beside.rename(self._data)

    def command(self) -> list[str | Path]:
        """The server's command line."""
        account = self._account
        settings = [f"--{name}={value}" for name, value in {**_SETTINGS, "port": str(self.port)}.items()]
        server = postgres_programs.programs(account) / "postgres"
        return [*account.prefix(), server, "-D", self._data, *settings]

    def running(self) -> Process | None:
        """The server that works on this data directory, whoever started it."""
        try:
            pid = int((self._data / "postmaster.pid").read_text().split("\n")[0])
            if Path(f"/proc/{pid}/cwd").readlink() != self._data.resolve():
                return None
        except (OSError, ValueError):
            return None
        started = started_at(pid)
        return None if started is None else Process(pid, started)

    def forget_dead_server(self) -> None:
        """Remove what a killed server left, which a process of the same id would make PostgreSQL respect."""
        if Path("/proc/self/cwd").exists() and self.running() is None:
            (self._data / "postmaster.pid").unlink(missing_ok=True)

    def healthy(self, password: str) -> bool:
        """Whether the owner can log in and ask."""
        try:
            with psycopg.connect(
                host=HOST, port=self.port, dbname=DATABASE, user=OWNER, password=password, connect_timeout=2
            ) as connection:
                return connection.execute("SELECT 1").fetchone() == (1,)
        except psycopg.OperationalError:
            return False


def _template(account: Account, programs: Path) -> Path:
    """An initialised data directory that all checkouts copy."""
    options = zlib.crc32(" ".join(_INITDB_OPTIONS).encode())
    template = postgres_programs.cache() / f"template-{postgres_programs.version()}-{options:08x}"
    if template.exists():
        return template
    template.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{template.name}.", dir=template.parent))
    account.own(beside)
    _run([*account.prefix(), programs / "initdb", "-D", beside, *_INITDB_OPTIONS])
    postgres_programs.publish(beside, template)
    return template


def _run(command: list[str | Path], given: str = "") -> None:
    ended = subprocess.run(
        command, input=given, capture_output=True, text=True, check=False, env=ENVIRONMENT, cwd="/"
    )
    # Single-user mode ends with 0 even if a statement failed.
    if ended.returncode != 0 or "ERROR:" in ended.stderr or "FATAL:" in ended.stderr:
        raise StackError(f"PostgreSQL cannot be made ready:\n{ended.stderr.strip()}")
