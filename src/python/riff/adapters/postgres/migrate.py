"""Bring a database to the schema and grants of a source tree: `python -m riff.adapters.postgres.migrate db`.

Method: under one advisory lock, create the database roles that are missing, give each its password, apply
the migrations that were not applied yet, in the order of their numbers and each in a transaction of its own
with the record of its digest, then apply the grants of every role.  Running it again changes nothing.

A migration that was applied and has another digest now is refused, and so is a gap in the numbers.  A
database that has more migrations than the source is accepted: older code runs on a newer schema, since
migrations only add.

RIFF_DATABASE_URL names the database and its owner; RIFF_ROLE_PASSWORDS_FILE a JSON object from role to
password.
"""

import argparse
import hashlib
import json
import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

import attrs
import psycopg
from psycopg import sql

ROLES: Final = ("riff_reader", "riff_business", "riff_critical")

_FILE_NAME: Final = re.compile(r"([0-9]{4})_[a-z0-9_]+\.sql")

_LOCK: Final = """
    SELECT pg_advisory_lock(hashtextextended('riff.migrate', 0))
"""

_UNLOCK: Final = """
    SELECT pg_advisory_unlock(hashtextextended('riff.migrate', 0))
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


class MigrationError(RuntimeError):
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


def migrate(url: str, source: Path, passwords: Mapping[str, str], report: Report) -> None:
    """Bring the database at `url` to the state of `source`.

    Args:
        url: connection string of the database's owner, who may create roles.
        source: directory with `migrations/` and `roles/`.
        passwords: of each database role.
        report: told every change, one line each.

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
        try:
            for role in ROLES:
                _admit(connection, role, passwords[role], report)
            _apply(connection, migrations, report)
            for role in ROLES:
                connection.execute((source / "roles" / f"{role}.sql").read_bytes())
                report(f"grants of {role} set")
        finally:
            connection.execute(_UNLOCK)


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


def _apply(connection: psycopg.Connection, migrations: Sequence[Migration], report: Report) -> None:
    connection.execute(_CREATE_RECORD)
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
            report(f"migration {migration.name} applied")
        elif known != (migration.name, migration.sha256):
            raise MigrationError(f"migration {known[0]} was applied and must not be edited: {migration.name}")
    newer = len(applied) - len(migrations)
    report(f"schema at migration {max(len(applied), len(migrations))}" + f", {newer} newer" * (newer > 0))


def main(arguments: Sequence[str]) -> int:
    """The command line; 0 when the database is as the source wants it."""
    parser = argparse.ArgumentParser(prog="migrate", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("source", type=Path, help="directory with migrations/ and roles/")
    source: Path = parser.parse_args(arguments).source
    try:
        passwords = json.loads(Path(os.environ["RIFF_ROLE_PASSWORDS_FILE"]).read_bytes())
        migrate(os.environ["RIFF_DATABASE_URL"], source, passwords, _say)
    except KeyError as error:
        parser.error(f"set {error}")
    except (MigrationError, OSError, ValueError, psycopg.Error) as error:
        parser.exit(1, f"migrate: {error}\n")
    return 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
