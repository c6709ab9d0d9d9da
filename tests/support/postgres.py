"""A real PostgreSQL 18 for tests: one cluster per session, one database per module."""

import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

import attrs
import psycopg
from psycopg import sql
from psycopg.rows import TupleRow

from riff.adapters.postgres import Database, DatabaseSettings
from riff.adapters.postgres.migrate import ROLES, migrate
from tools.local_stack import postgres_programs
from tools.local_stack.postgres_cluster import ENVIRONMENT
from tools.local_stack.unprivileged import account_for

SOURCE = Path(__file__).parents[2] / "db"
SUPERUSER = "postgres"
OWNER = "riff_owner"
TEMPLATE = "riff_template"
PASSWORDS = {role: f"password of {role}" for role in ROLES}

_PORT = 5432
_START_S = 30
_INITDB_OPTIONS = (
    f"--username={SUPERUSER}",
    "--no-sync",
    "--auth=trust",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
)
# Commits of tests need not survive a loss of power; benchmarks measure them and leave this out.
FAST = ("-c", "fsync=off")


class Cluster:
    """A server with its data, reached through a Unix socket.

    Attributes:
        home: directory of the socket, the data and the server's log.
        programs: directory of the server's programs.
    """

    def __init__(self, home: Path, options: Sequence[str]) -> None:
        self.home = home
        # PostgreSQL refuses to run as root; another account does, and must reach the programs.
        self._account = account_for(home / "data")
        self.programs = postgres_programs.programs(self._account)
        self._options = options
        self._server: subprocess.Popen[bytes] | None = None

    def initialize(self) -> None:
        """Make the data directory."""
        self._account.own(self.home)
        self._run("initdb", "-D", self.home / "data", *_INITDB_OPTIONS).wait()
        # The system's roles prove their passwords, as they do in production.
        rules = f"local all {SUPERUSER},{OWNER} trust\nlocal all all scram-sha-256\n"
        (self.home / "data" / "pg_hba.conf").write_text(rules)

    def take_over(self) -> None:
        """Give a data directory that was copied here to the account that the server runs under."""
        self._account.own(self.home)

    def start(self) -> None:
        """Start the server and wait until it answers."""
        self._server = self._run(
            "postgres", "-D", self.home / "data", "-k", self.home, "-c", "listen_addresses=", *self._options
        )
        give_up_at = monotonic() + _START_S
        while True:
            try:
                self.connect("postgres").close()
            except psycopg.OperationalError:
                if monotonic() > give_up_at or self._server.poll() is not None:
                    raise
                sleep(0.02)
            else:
                return

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """End the server: SIGINT is a fast shutdown, SIGQUIT an immediate one that has to recover."""
        if self._server is not None:
            self._server.send_signal(how)
            self._server.wait(timeout=_START_S)
            self._server = None

    def url(self, database: str, user: str = SUPERUSER) -> str:
        """A connection string without password, which only superuser and owner can do without."""
        return f"host={self.home} port={_PORT} dbname={database} user={user}"

    def connect(self, database: str, user: str = SUPERUSER) -> "psycopg.Connection[TupleRow]":
        """A connection in autocommit."""
        return psycopg.connect(self.url(database, user), autocommit=True)

    def create(self, database: str, template: str = "template1") -> None:
        """A new database that the owner of the schema owns."""
        statement = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}")
        with self.connect("postgres") as connection:
            connection.execute(statement.format(*map(sql.Identifier, (database, OWNER, template))))

    def drop(self, database: str) -> None:
        """Remove a database, whoever is connected."""
        with self.connect("postgres") as connection:
            connection.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database))
            )

    def _run(self, program: str, *arguments: str | Path) -> "subprocess.Popen[bytes]":
        with (self.home / "server.log").open("ab") as log:
            return subprocess.Popen(  # noqa: S603 - programs of the installed server
                [*self._account.prefix(), self.programs / program, *arguments],
                stdout=log,
                stderr=log,
                env=ENVIRONMENT,
                cwd="/",
            )


@attrs.frozen
class MigratedDatabase:
    """One database with schema and grants."""

    cluster: Cluster
    name: str

    def settings(self, role: str) -> DatabaseSettings:
        """How one of the system's roles reaches it."""
        return DatabaseSettings(
            str(self.cluster.home), _PORT, self.name, role, PASSWORDS[role], application="tests"
        )

    def open(self, role: str) -> Database:
        """The adapter's connection, under a role."""
        return Database(self.settings(role))

    def connect(self, role: str) -> "psycopg.Connection[TupleRow]":
        """A plain connection under a role, in autocommit, for hand-written SQL."""
        return psycopg.connect(self.cluster.url(self.name, role), password=PASSWORDS[role], autocommit=True)

    def superuser(self) -> "psycopg.Connection[TupleRow]":
        """A connection to which nothing is refused but what constraints refuse."""
        return self.cluster.connect(self.name)


@contextmanager
def running_cluster(*options: str) -> Iterator[Cluster]:
    """A new cluster with the database that others are copied from; removed at the end.

    Args:
        options: further arguments of the server, such as `FAST`.
    """
    home = Path(tempfile.mkdtemp(prefix="riff-pg-"))
    cluster = Cluster(home, options)
    try:
        cluster.initialize()
        cluster.start()
        with cluster.connect("postgres") as connection:
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEROLE").format(sql.Identifier(OWNER)))
        cluster.create(TEMPLATE)
        migrate(cluster.url(TEMPLATE, OWNER), SOURCE, PASSWORDS, report=lambda _: None)
        yield cluster
    finally:
        cluster.stop(signal.SIGQUIT)
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def migrated_database(cluster: Cluster, name: str) -> Iterator[MigratedDatabase]:
    """A database of its own with schema and grants, dropped at the end."""
    cluster.create(name, TEMPLATE)
    try:
        yield MigratedDatabase(cluster, name)
    finally:
        cluster.drop(name)
