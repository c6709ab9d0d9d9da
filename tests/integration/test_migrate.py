"""The runner brings a database to the schema and grants of a source tree, and notices what was edited."""

import json
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from riff.adapters.postgres import DatabaseSettings
from riff.adapters.postgres.migrate import MigrationError, PostgresSchema, migrate, read_migrations
from riff.errors import UnavailableError
from riff.ports.schema import SchemaState
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


def _schema(cluster: Cluster, source: Path, password: str = "") -> PostgresSchema:
    owner = DatabaseSettings(str(cluster.home), 5432, EMPTY, OWNER, password)
    return PostgresSchema(owner, PASSWORDS, source)


def test_says_what_it_applied_and_then_that_nothing_is_left(url: str, cluster: Cluster) -> None:
    assert url
    names = tuple(migration.name for migration in read_migrations(SOURCE))
    schema = _schema(cluster, SOURCE)
    assert schema.bring_up_to_date() == SchemaState(names, len(names), 0)
    assert schema.bring_up_to_date() == SchemaState((), len(names), 0)


def test_of_two_at_once_the_second_waits(url: str, cluster: Cluster) -> None:
    """A release that is started twice applies every migration once."""
    assert url
    with ThreadPoolExecutor(2) as pool:
        states = [
            run.result() for run in [pool.submit(_schema(cluster, SOURCE).bring_up_to_date) for _ in range(2)]
        ]
    assert [len(read_migrations(SOURCE)), 0] == sorted((len(state.applied) for state in states), reverse=True)


def test_gives_up_rather_than_make_sales_wait(url: str, cluster: Cluster, source: Path) -> None:
    run(url, source)
    number = len(read_migrations(source)) + 1
    (source / "migrations" / f"{number:04}_add_thing.sql").write_text("ALTER TABLE venue ADD thing integer")
    with psycopg.connect(url) as seller:
        seller.execute("SELECT id FROM venue")
        with pytest.raises(UnavailableError):
            _schema(cluster, source).bring_up_to_date()
    assert _schema(cluster, source).bring_up_to_date().applied == (f"{number:04}_add_thing",)


def test_tells_of_a_server_that_is_away(tmp_path: Path) -> None:
    owner = DatabaseSettings(str(tmp_path), 5432, EMPTY, OWNER, "")
    with pytest.raises(UnavailableError):
        PostgresSchema(owner, PASSWORDS, SOURCE).bring_up_to_date()


def test_takes_secrets_out_of_answers_that_are_stored(url: str, source: Path) -> None:
    (taking_out,) = (source / "migrations").glob("*_keep_no_secret_with_an_answer.sql")
    later = sorted(path for path in (source / "migrations").iterdir() if path >= taking_out)
    texts = {path: path.read_text() for path in later}
    for path in later:
        path.unlink()
    run(url, source)
    printed = (
        '{"order_id":"0196f1d5-03f0-7d4b-8c6e-9b1f7a2d5e60","copy":1,'
        '"ticket":{"numbers":[1],"validation_number":"00A-7KQ2M9ZD-4"}}'
    )
    with psycopg.connect(url) as owner:
        owner.cursor().executemany(
            "INSERT INTO command (scope, key, digest, status, body) VALUES (%s, 'k', '', 200, %s)",
            [
                ("register_unit staff:kim", '{"unit":{"id":"u"},"logon_code":"7KQ2M9ZD4XK8P2ZD"}'),
                ("update_unit staff:kim", '{"unit":{"id":"u"},"logon_code":"7KQ2M9ZD4XK8P2ZE"}'),
                ("resume_unit staff:kim", '{"unit":{"id":"u"},"logon_code":"7KQ2M9ZD4XK8P2ZF"}'),
                ("reprint_ticket staff:kim", printed),
                ("void_order staff:kim", '{"order_id":"o"}'),
            ],
        )
    for path, text in texts.items():
        path.write_text(text)
    run(url, source)
    with psycopg.connect(url) as owner:
        stored = {
            scope.split()[0]: json.loads(body)
            for scope, body in owner.execute("SELECT scope, body FROM command")
        }
    told = {"unit": {"id": "u"}}
    assert stored == {
        "register_unit": told,
        "update_unit": told,
        "resume_unit": told,
        "reprint_ticket": {
            "order_id": "0196f1d5-03f0-7d4b-8c6e-9b1f7a2d5e60",
            "copy": 1,
            "ticket": {"numbers": [1]},
        },
        "void_order": {"order_id": "o"},
    }
