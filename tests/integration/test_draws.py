"""Draws on a real database: killed after any step, severed at any commit, started twice at once."""

from collections.abc import Callable, Iterator
from typing import Any

import attrs
import psycopg
import pytest

from riff.adapters.postgres import Database, PostgresTransactions
from riff.domain.raffles.profile import DrawMode
from riff.errors import AlreadyDrawnError, IntegrityFailureError, RiffError, UnavailableError
from riff.usecases.draws.show_draw import DrawView
from riff_critical.lifecycle import DrawState, RaffleState
from tests.support.contracts import Stores
from tests.support.drawing import DrawStage
from tests.support.postgres import MigratedDatabase
from tests.support.sellers import at_once
from tests.support.severing import severed_path


@pytest.fixture(name="draws")
def _draws(stores: Stores) -> DrawStage:
    return DrawStage.stored(stores, DrawMode.RNG_ONLY).sell(12).reconciled()


@pytest.fixture(name="connection")
def _connection(database: MigratedDatabase) -> Iterator[Database]:
    opened = database.open("riff_critical")
    yield opened
    opened.close()


class _Killed:
    """A connection that the server ends when its turn comes; nothing else of it is special."""

    def __init__(self, database: MigratedDatabase, connection: Database, survived: int) -> None:
        self._database = database
        self._connection = connection
        self._left = survived
        self.killed = False

    def install(self, monkeypatch: pytest.MonkeyPatch) -> None:
        execute = Database._execute

        def counted(database: Database, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - passed through
            if database is self._connection:
                self._left -= 1
                if self._left == 0:
                    self._kill()
            return execute(database, *args, **kwargs)

        monkeypatch.setattr(Database, "_execute", counted)

    def _kill(self) -> None:
        self.killed = True
        with self._database.superuser() as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                " WHERE usename = 'riff_critical' AND datname = %s AND application_name = 'tests-killed'",
                [self._database.name],
            )


def _counts(database: MigratedDatabase, draws: DrawStage) -> tuple[int, int, int]:
    """Starts, results and transcripts of the raffle."""
    with database.superuser() as connection:
        found = [
            connection.execute(
                f"SELECT count(*) FROM {table} WHERE raffle_id = %s",  # noqa: S608 - names written above
                [draws.stage.raffle.id],
            ).fetchone()
            for table in ("draw_start", "draw_result", "draw_transcript")
        ]
    starts, results, transcripts = (row[0] for row in found if row is not None)
    return starts, results, transcripts


def test_seals_and_draws_everything_that_was_sold(draws: DrawStage, database: MigratedDatabase) -> None:
    draws.seal_it()
    assert draws.seal.tally.sold == 100  # twelve orders, two of them void
    for draw in (1, 2):
        assert draws.start(draw).state is DrawState.DRAWN
        draws.declare(draw)
    assert draws.is_verified
    assert draws.stage.now.state is RaffleState.COMPLETED
    assert _counts(database, draws) == (2, 2, 2)


@pytest.mark.parametrize("mode", DrawMode, ids=lambda mode: mode.value)
def test_every_mode_comes_to_a_transcript_that_verifies(stores: Stores, mode: DrawMode) -> None:
    draws = DrawStage.stored(stores, mode).sell(12).committed().reconciled()
    draws.seal_it()
    if mode in (DrawMode.COMMIT_REVEAL, DrawMode.BEACON):
        draws.opened()
    if mode is DrawMode.BEACON:
        draws.at_round()
    draws.start()
    if mode is DrawMode.MANUAL:
        with stores.critical.begin() as work:
            keys = work.raffles.keys(draws.stage.raffle.id)
            orders = work.seals.valid_orders(draws.stage.raffle.id, 0, 3, None)
        for ticket in draws.tickets_of(orders, keys):
            draws.enter(ticket)
            draws.enter(ticket, actor=draws.other)
    assert draws.show().state is DrawState.DRAWN
    assert draws.is_verified


def _until_drawn(step: Callable[[], DrawView]) -> DrawView:
    """Ask again and again, as an impatient official does."""
    for _ in range(5):
        try:
            return step()
        except UnavailableError:
            continue
    raise AssertionError("it never came to an end")


@pytest.mark.parametrize("survived", range(1, 70, 3))
def test_gives_the_same_winners_when_the_database_dies_after_any_statement(
    stores: Stores, database: MigratedDatabase, monkeypatch: pytest.MonkeyPatch, survived: int
) -> None:
    draws = DrawStage.stored(stores, DrawMode.RNG_ONLY).sell(4).reconciled()
    draws.seal_it()
    connection = Database(attrs.evolve(database.settings("riff_critical"), application="tests-killed"))
    killing = _Killed(database, connection, survived)
    killing.install(monkeypatch)
    dying = draws.under(PostgresTransactions(connection))
    view = _until_drawn(lambda: dying.start(key="key-1"))
    monkeypatch.undo()
    connection.close()
    assert (view.state, view.attempt) == (DrawState.DRAWN, 1)
    assert _counts(database, draws) == (1, 1, 1)
    assert draws.is_verified
    if draws.fakes.seeds.opened:
        assert {place[1:] for place in draws.fakes.seeds.opened} == {(1, 1)}


def test_counts_enough_statements_to_have_killed_every_one(
    stores: Stores, database: MigratedDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The range above reaches past the last statement of a draw."""
    draws = DrawStage.stored(stores, DrawMode.RNG_ONLY).sell(4).reconciled()
    draws.seal_it()
    connection = database.open("riff_critical")
    counting = _Killed(database, connection, 10_000)
    counting.install(monkeypatch)
    draws.under(PostgresTransactions(connection)).start()
    connection.close()
    assert 20 < 10_000 - counting._left < 70


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("statement", [b"draw_start (", b"draw_result (", b"draw_transcript ("])
def test_gives_the_same_winners_when_a_statement_is_cut_off(
    *, draws: DrawStage, database: MigratedDatabase, statement: bytes, after: bool
) -> None:
    draws.seal_it()
    with severed_path(database, statement, after=after) as settings:
        severed = Database(settings)
        with pytest.raises(UnavailableError):
            draws.under(PostgresTransactions(severed)).start(key="key-1")
        severed.close()
    before = draws.show()
    view = draws.start(key="key-1")
    assert (view.state, view.attempt) == (DrawState.DRAWN, 1)
    assert before.start in (None, view.start)
    assert _counts(database, draws) == (1, 1, 1)
    assert draws.is_verified


def test_two_at_once_are_one_draw(draws: DrawStage, database: MigratedDatabase) -> None:
    draws.seal_it()

    def start(number: int) -> object:
        connection = database.open("riff_critical")
        try:
            official = draws.under(PostgresTransactions(connection))
            view = official.start(key=f"key-{number}", actor=official.other if number % 2 else None)
        except AlreadyDrawnError:
            return None
        finally:
            connection.close()
        return [winner.slot for winner in view.winners]

    results = at_once(start, range(6))
    winners = [result for result in results if result is not None]
    assert winners
    assert all(result == winners[0] for result in winners)
    assert _counts(database, draws) == (1, 1, 1)
    assert draws.is_verified


def test_two_seals_at_once_are_one(draws: DrawStage, database: MigratedDatabase) -> None:
    def seal(_: int) -> bytes | None:
        connection = database.open("riff_critical")
        try:
            return draws.under(PostgresTransactions(connection)).seal_it().seal.hash()
        except RiffError:
            return None
        finally:
            connection.close()

    assert sorted(at_once(seal, range(3)), key=bool) == [None, None, draws.seal.hash()]


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("draw_start", "raffle_id, draw, attempt, started_at, fallbacks, started_by, request"),
        ("draw_result", "raffle_id, draw, attempt, failed, document, concluded_at"),
        ("draw_declaration", "raffle_id, draw, attempt, declared_by, declared_at"),
        ("draw_seal", "raffle_id, seal"),
        ("draw_manifest", "raffle_id, manifest"),
    ],
)
def test_the_database_refuses_a_second_one(
    draws: DrawStage, database: MigratedDatabase, table: str, columns: str
) -> None:
    """Whatever the code believes, and whoever writes it."""
    draws.seal_it()
    draws.start()
    draws.declare()
    with database.superuser() as connection, pytest.raises(psycopg.errors.UniqueViolation):
        connection.execute(
            f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {table} WHERE raffle_id = %s",  # noqa: S608 - names written above
            [draws.stage.raffle.id],
        )


def test_the_database_refuses_a_second_result_of_another_attempt(
    draws: DrawStage, database: MigratedDatabase
) -> None:
    draws.seal_it()
    draws.start()
    with database.superuser() as connection, pytest.raises(psycopg.errors.UniqueViolation):
        connection.execute(
            """
            WITH again AS (
                INSERT INTO draw_start
                SELECT raffle_id, draw, 2, started_at, fallbacks, started_by, request FROM draw_start
                WHERE raffle_id = %(id)s
            )
            INSERT INTO draw_result
            SELECT raffle_id, draw, 2, failed, document, concluded_at FROM draw_result
            WHERE raffle_id = %(id)s
            """,
            {"id": draws.stage.raffle.id},
        )


def test_the_database_refuses_a_start_before_the_seal(draws: DrawStage, database: MigratedDatabase) -> None:
    with database.superuser() as connection, pytest.raises(psycopg.errors.ForeignKeyViolation):
        connection.execute(
            "INSERT INTO draw_start VALUES (%s, 1, 1, 0, '[]', 'staff:kim', 'key')", [draws.stage.raffle.id]
        )


def test_a_second_manifest_is_an_alarm(draws: DrawStage, stores: Stores) -> None:
    manifest = draws.manifest
    with pytest.raises(IntegrityFailureError), stores.business.begin() as work:
        work.seals.commit(draws.stage.raffle.id, manifest, [])
