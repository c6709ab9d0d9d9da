"""Bring a database to the schema and grants of a source tree.

Method: under one advisory lock, create the database roles that are missing, give each its password, apply
the migrations that were not applied yet, in the order of their numbers and each in a transaction of its own
with the record of its digest, then apply the grants of every role.  Running it again changes nothing.

A migration that was applied and has another digest now is refused, and so is a gap in the numbers.  A
database that has more migrations than the source is accepted: older code runs on a newer schema, since
migrations only add.

A statement that waits for a lock makes all later ones wait behind it, the sales too.  So a migration gives up
after a few seconds, nothing of it is stored, and the release tries again.
"""

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

import attrs
import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from riff.adapters.postgres.connection import DatabaseSettings, translated
from riff.errors import IntegrityFailureError
from riff.ports.schema import SchemaState

ROLES: Final = ("riff_reader", "riff_business", "riff_critical")

_FILE_NAME: Final = re.compile(r"([0-9]{4})_[a-z0-9_]+\.sql")

_LOCK: Final = """
    SELECT pg_advisory_lock(hashtextextended('riff.migrate', 0))
"""

_UNLOCK: Final = """
    SELECT pg_advisory_unlock(hashtextextended('riff.migrate', 0))
"""

# Set once the lock above is held, which a second release may wait for as long as the first one works.
_WAIT_BRIEFLY: Final = """
    SELECT set_config('lock_timeout', '5s', false)
"""

_CREATE_RECORD: Final = """
    CREATE TABLE IF NOT EXISTS schema_migration (
        number     integer     PRIMARY KEY,
        name       text        NOT NULL,
        sha256     text        NOT NULL CHECK (char_length(sha256) = 64),
        applied_at timestamptz NOT NULL DEFAULT transaction_timestamp()
    )
"""

_APPLIED: Final = """
    SELECT number, name, sha256 FROM schema_migration ORDER BY number
"""

_RECORD: Final = """
    INSERT INTO schema_migration (number, name, sha256) VALUES (%(number)s, %(name)s, %(sha256)s)
"""

_ROLE_EXISTS: Final = """
    SELECT rolname FROM pg_roles WHERE rolname = %(role)s
"""

type Report = Callable[[str], None]


class MigrationError(IntegrityFailureError):
    """The source tree does not fit the database, or is not in order."""


@attrs.frozen
class Migration:
    """One numbered file of SQL."""

    number: int
    name: str
    statements: bytes = attrs.field(repr=False)

    @property
    def sha256(self) -> str:
        """Digest of the file."""
        return hashlib.sha256(self.statements).hexdigest()


def read_migrations(source: Path) -> tuple[Migration, ...]:
    """The migrations of a source directory, in order.

    Raises:
        MigrationError: a file name is malformed, or the numbers do not count up from 1.
    """
    migrations = []
    for number, path in enumerate(sorted((source / "migrations").iterdir()), start=1):
        matched = _FILE_NAME.fullmatch(path.name)
        if matched is None or int(matched[1]) != number:
            raise MigrationError(f"expected migration {number:04}_<verb>_<noun>.sql, found {path.name}")
        migrations.append(Migration(number, path.stem, path.read_bytes()))
    return tuple(migrations)


@attrs.frozen
class PostgresSchema:
    """Honours `riff.ports.schema.Schema`.

    Attributes:
        owner: how the owner of the schema reaches the database.
        passwords: of each database role.
        source: directory with `migrations/` and `roles/`.
    """

    owner: DatabaseSettings
    passwords: Mapping[str, str] = attrs.field(repr=False)
    source: Path

    def bring_up_to_date(self) -> SchemaState:
        """Apply what was not applied yet, and every grant.

        Raises:
            IntegrityFailureError: the source does not fit the database, or is not in order.
            UnavailableError: the database cannot be reached, or a lock was not to be had in time.
        """
        url = make_conninfo(
            host=self.owner.host,
            port=self.owner.port,
            dbname=self.owner.name,
            user=self.owner.user,
            password=self.owner.password,
            sslmode=self.owner.tls,
            connect_timeout=self.owner.connect_timeout_s,
        )
        with translated():
            return migrate(url, self.source, self.passwords, report=lambda _: None)


def migrate(url: str, source: Path, passwords: Mapping[str, str], report: Report) -> SchemaState:
    """Bring the database at `url` to the state of `source`.

    Args:
        url: connection string of the database's owner, who may create roles.
        source: directory with `migrations/` and `roles/`.
        passwords: of each database role.
        report: told every change, one line each.

    Returns:
        What was applied, and where the schema stands now.

    Raises:
        MigrationError: a role lacks its password, or the source does not fit the database.
        psycopg.Error: the database refuses a statement; migrations before it stay applied.
    """
    missing = [role for role in ROLES if not passwords.get(role)]
    if missing:
        raise MigrationError(f"no password for {', '.join(missing)}")
    migrations = read_migrations(source)
    with psycopg.connect(url, autocommit=True, application_name="riff migrate") as connection:
        connection.execute(_LOCK)
        connection.execute(_WAIT_BRIEFLY)
        try:
            for role in ROLES:
                _admit(connection, role, passwords[role], report)
            state = _apply(connection, migrations, report)
            for role in ROLES:
                connection.execute((source / "roles" / f"{role}.sql").read_bytes())
                report(f"grants of {role} set")
        finally:
            connection.execute(_UNLOCK)
    return state


def _admit(connection: psycopg.Connection, role: str, password: str, report: Report) -> None:
    """Let the role exist and log in with the password, which the server sees only as a SCRAM verifier."""
    exists = connection.execute(_ROLE_EXISTS, {"role": role}).fetchone() is not None
    verifier = connection.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256")
    verb = sql.SQL("ALTER" if exists else "CREATE")
    connection.execute(
        sql.SQL("{} ROLE {} LOGIN NOINHERIT PASSWORD {}").format(
            verb, sql.Identifier(role), sql.Literal(verifier.decode())
        )
    )
    report(f"role {role} {'kept' if exists else 'created'}, password set")


def _apply(connection: psycopg.Connection, migrations: Sequence[Migration], report: Report) -> SchemaState:
    connection.execute(_CREATE_RECORD)
    fresh: list[str] = []
    applied = {number: (name, sha256) for number, name, sha256 in connection.execute(_APPLIED)}
    for migration in migrations:
        known = applied.get(migration.number)
        if known is None:
            with connection.transaction():
                connection.execute(migration.statements)
                connection.execute(
                    _RECORD,
                    {"number": migration.number, "name": migration.name, "sha256": migration.sha256},
                )
            fresh.append(migration.name)
            report(f"migration {migration.name} applied")
        elif known != (migration.name, migration.sha256):
            raise MigrationError(f"migration {known[0]} was applied and must not be edited: {migration.name}")
    newer = len(applied) - len(migrations)
    number = max(len(applied), len(migrations))
    report(f"schema at migration {number}" + f", {newer} newer" * (newer > 0))
    return SchemaState(applied=tuple(fresh), number=number, newer=max(newer, 0))
