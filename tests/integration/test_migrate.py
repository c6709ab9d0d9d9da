"""The runner brings a database to the schema and grants of a source tree, and notices what was edited."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from riff.adapters.postgres.migrate import MigrationError, migrate, read_migrations
from tests.support.postgres import OWNER, PASSWORDS, SOURCE, Cluster

EMPTY = "riff_empty"


@pytest.fixture(name="url")
def _url(cluster: Cluster) -> Iterator[str]:
    """An empty database, as its owner reaches it."""
    cluster.create(EMPTY)
    yield cluster.url(EMPTY, OWNER)
    cluster.drop(EMPTY)


@pytest.fixture(name="source")
def _source(tmp_path: Path) -> Path:
    """A copy of the migrations and grants, to be spoilt."""
    return Path(shutil.copytree(SOURCE, tmp_path / "db"))


def run(url: str, source: Path) -> list[str]:
    lines: list[str] = []
    migrate(url, source, PASSWORDS, lines.append)
    return lines


def test_applies_each_migration_once(url: str) -> None:
    names = [migration.name for migration in read_migrations(SOURCE)]
    assert [f"migration {name} applied" for name in names] == [
        line for line in run(url, SOURCE) if line.startswith("migration")
    ]
    assert not [line for line in run(url, SOURCE) if line.startswith("migration")]


def test_refuses_a_migration_that_was_edited(url: str, source: Path) -> None:
    run(url, source)
    edited = source / "migrations" / "0002_create_staff.sql"
    edited.write_text(edited.read_text() + "-- An afterthought.\n")
    with pytest.raises(MigrationError, match="0002_create_staff"):
        run(url, source)


def test_keeps_nothing_of_a_migration_that_fails(url: str, source: Path) -> None:
    number = len(read_migrations(source)) + 1
    added = source / "migrations" / f"{number:04}_add_thing.sql"
    added.write_text("CREATE TABLE thing (id integer); SELECT 1 / 0;")
    with pytest.raises(psycopg.errors.DivisionByZero):
        run(url, source)
    added.write_text("CREATE TABLE thing (id integer);")
    assert f"migration {added.stem} applied" in run(url, source)


def test_accepts_a_newer_database(url: str, source: Path) -> None:
    """Older code runs on a newer schema."""
    number = len(read_migrations(source)) + 1
    (source / "migrations" / f"{number:04}_add_thing.sql").write_text("CREATE TABLE thing (id integer)")
    run(url, source)
    assert f"schema at migration {number}, 1 newer" in run(url, SOURCE)


@pytest.mark.parametrize("name", ["0003_third.sql", "9999_late.sql", "notes.txt", "0010-dash.sql"])
def test_refuses_a_source_that_is_out_of_order(source: Path, name: str) -> None:
    (source / "migrations" / name).write_text("")
    with pytest.raises(MigrationError):
        read_migrations(source)


def test_takes_back_grants_that_the_source_does_not_give(url: str) -> None:
    run(url, SOURCE)
    with psycopg.connect(url, autocommit=True) as owner:
        owner.execute("GRANT UPDATE, DELETE ON sold_order TO riff_critical")
        owner.execute("GRANT UPDATE (price_minor) ON sold_order TO riff_critical")
        run(url, SOURCE)
        granted = owner.execute(
            "SELECT has_table_privilege('riff_critical', 'sold_order', 'DELETE'),"
            " has_any_column_privilege('riff_critical', 'sold_order', 'UPDATE')"
        ).fetchone()
    assert granted == (False, False)


def test_wants_a_password_for_every_role(url: str) -> None:
    with pytest.raises(MigrationError, match="riff_reader"):
        migrate(url, SOURCE, {**PASSWORDS, "riff_reader": ""}, print)


def test_runs_from_the_command_line(url: str, tmp_path: Path) -> None:
    passwords = tmp_path / "passwords.json"
    passwords.write_text(json.dumps(PASSWORDS))
    command = [sys.executable, "-m", "riff.adapters.postgres.migrate", str(SOURCE)]
    environment = {
        "PYTHONPATH": os.pathsep.join(sys.path),
        "RIFF_DATABASE_URL": url,
        "RIFF_ROLE_PASSWORDS_FILE": str(passwords),
    }
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - our own program
    assert (done.returncode, done.stderr) == (0, "")
    assert "grants of riff_critical set" in done.stdout
    assert not [password for password in PASSWORDS.values() if password in done.stdout]
    del environment["RIFF_DATABASE_URL"]
    failed = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - our own program
    assert failed.returncode != 0
    assert "RIFF_DATABASE_URL" in failed.stderr
