"""One connection to PostgreSQL per process: opened late, replaced when broken, its errors translated.

Isolation is READ COMMITTED.  Every rule that must hold between transactions is held by a row lock, an
advisory lock or a constraint (docs/algorithms/locking.md), so nothing has to be retried here.  A deadlock, a
lock that was waited for too long, and a server that goes away all become `UnavailableError`: nothing of the
transaction was stored, and the request may be repeated.  Only a connection that breaks during COMMIT leaves
the outcome unknown; the error says so, and repeating is still safe because every command carries its key.

A function and its database are some tenths of a millisecond apart, so what need not wait for an answer does
not: BEGIN travels with the first statement of its transaction, SAVEPOINT with the first that it guards.  They
cannot fail, so that the statement behind them is always reached.  A savepoint is never released: the end of
the transaction does that.
"""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager, nullcontext, suppress
from select import select
from typing import Final, LiteralString

import attrs
import psycopg
from psycopg.pq import TransactionStatus
from psycopg.rows import DictRow, dict_row
from psycopg.types.numeric import Int8Dumper

from riff.errors import IntegrityFailureError, UnavailableError

type Parameters = Mapping[str, object]

_BEGIN: Final = "BEGIN ISOLATION LEVEL READ COMMITTED"
_COMMIT: Final = "COMMIT"
_ROLLBACK: Final = "ROLLBACK"
_NOTHING: Final = "SELECT"


@attrs.frozen
class DatabaseSettings:
    """Where the database is and who is asking.

    Attributes:
        host: name, address, or directory of a Unix socket.
        port: TCP port, or the socket's number.
        name: database.
        user: database role.
        password: the role's.
        application: shown in the server's lists of sessions.
        tls: libpq's `sslmode`.
        connect_timeout_s: how long opening a connection may take.
        statement_timeout_ms: how long a statement may run.
        lock_timeout_ms: how long a statement may wait for a lock.
        idle_in_transaction_timeout_ms: after this the server ends a transaction whose process has frozen.
    """

    host: str
    port: int
    name: str
    user: str
    password: str = attrs.field(repr=False)
    application: str = "riff"
    tls: str = "prefer"
    connect_timeout_s: int = 5
    statement_timeout_ms: int = 10_000
    lock_timeout_ms: int = 5_000
    idle_in_transaction_timeout_ms: int = 15_000

    def connect(self) -> "psycopg.Connection[DictRow]":
        """A new connection in autocommit.

        Raises:
            psycopg.Error: the server cannot be reached, or refuses.
        """
        connection = psycopg.connect(
            host=self.host,
            port=self.port,
            dbname=self.name,
            user=self.user,
            password=self.password,
            application_name=self.application,
            sslmode=self.tls,
            gssencmode="disable",
            connect_timeout=self.connect_timeout_s,
            keepalives_idle=30,
            keepalives_interval=5,
            keepalives_count=3,
            tcp_user_timeout=1000 * self.connect_timeout_s,
            options=(
                f"-c timezone=UTC -c statement_timeout={self.statement_timeout_ms}"
                f" -c lock_timeout={self.lock_timeout_ms}"
                f" -c idle_in_transaction_session_timeout={self.idle_in_transaction_timeout_ms}"
            ),
            autocommit=True,
            row_factory=dict_row,
        )
        # One width for every integer: else a statement is prepared once per combination of widths.
        connection.adapters.register_dumper(int, Int8Dumper)
        return connection


class DriverError(Exception):
    """What an error of the driver says of itself, without what it quotes.

    The server adds the rows and values that it refuses to its messages, and an error is written to the log
    with everything that caused it.  So this stands as the cause in its place.

    Attributes:
        sqlstate: the server's code; None where the server did not answer.
        constraint: the constraint that refused, if one did.
    """

    def __init__(self, error: psycopg.Error) -> None:
        self.sqlstate = error.sqlstate
        self.constraint = error.diag.constraint_name
        words = [type(error).__name__]
        if self.sqlstate is not None:
            words.append(f"SQLSTATE {self.sqlstate}")
        elif isinstance(error, psycopg.OperationalError):
            # Of a connection, not of a statement: nothing is quoted that was in one.
            words.append(str(error))
        if self.constraint is not None:
            words.append(f"constraint {self.constraint}")
        super().__init__(", ".join(words))


class Database:
    """The process's connection.  It belongs to one thread at a time."""

    def __init__(self, settings: DatabaseSettings) -> None:
        self._settings = settings
        self._connection: psycopg.Connection[DictRow] | None = None
        self._in_transaction = False
        # What travels with the next statement.
        self._waiting: list[LiteralString] = []
        self._depth = 0

    def run(self, statement: LiteralString, parameters: Parameters) -> int:
        """Execute a statement; how many rows it touched."""
        return self._execute(statement, parameters).rowcount

    def attempt(self, statement: LiteralString, parameters: Parameters, refused_by: AbstractSet[str]) -> int:
        """Execute a statement that some constraints may refuse; how many rows it touched, 0 when refused.

        A refusal leaves an open transaction usable.
        """
        try:
            with self.savepoint() if self._in_transaction else nullcontext():
                return self.run(statement, parameters)
        except IntegrityFailureError as refusal:
            if isinstance(error := refusal.__cause__, DriverError) and error.constraint in refused_by:
                return 0
            raise

    def row(self, statement: LiteralString, parameters: Parameters) -> DictRow | None:
        """The only row of a result, or None."""
        return self._execute(statement, parameters).fetchone()

    def only(self, statement: LiteralString, parameters: Parameters) -> DictRow:
        """The row of a statement that always has one.

        Raises:
            IntegrityFailureError: it had none.
        """
        row = self.row(statement, parameters)
        if row is None:
            raise IntegrityFailureError("A row that must exist is missing.")
        return row

    def rows(
        self, statement: LiteralString, parameters: Parameters, *, binary: bool = False
    ) -> list[DictRow]:
        """All rows of a result; in binary form, a result of many bytes travels as half as many."""
        return self._execute(statement, parameters, binary=binary).fetchall()

    def stream(self, statement: LiteralString, parameters: Parameters, size: int) -> Iterator[list[DictRow]]:
        """All rows of a result as of now, so many at a time; within a transaction, one result at a time."""
        self._execute(_NOTHING, {})
        connection = self._ready()
        with translated(), connection.cursor(name="riff_stream") as cursor:
            cursor.execute(statement, parameters)
            while rows := cursor.fetchmany(size):
                yield rows

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """A transaction, or a savepoint inside the one that is open; an exception undoes what was written.

        Raises:
            UnavailableError: the server cannot be reached, or the outcome of the commit is unknown.
        """
        if self._in_transaction:
            with self.savepoint():
                yield
            return
        self._in_transaction, self._waiting = True, [_BEGIN]
        try:
            yield
        except BaseException:
            if self._begun and self._connection is not None:
                _roll_back(self._connection)
            raise
        else:
            if self._begun:
                _commit(self._ready())
        finally:
            self._in_transaction, self._waiting = False, []

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Undo what the block wrote when it raises, and keep the transaction usable."""
        self._depth += 1
        name = f"riff_{self._depth}"
        mark = f"SAVEPOINT {name}"
        self._waiting.append(mark)
        try:
            yield
        except BaseException:
            # A connection that was lost has undone it already; the caller hears what was raised first.
            if mark not in self._waiting:
                with suppress(UnavailableError):
                    self._execute(f"ROLLBACK TO SAVEPOINT {name}", {})
            raise
        finally:
            self._depth -= 1
            if mark in self._waiting:
                self._waiting.remove(mark)

    def close(self) -> None:
        """Close the connection; the next statement opens another."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _execute(
        self, statement: LiteralString, parameters: Parameters, *, binary: bool = False
    ) -> psycopg.Cursor[DictRow]:
        """Execute a statement, and before it, in the same round trip, what waits."""
        connection = self._ready()
        is_first = _BEGIN in self._waiting
        before, self._waiting = self._waiting, []
        with translated():
            try:
                return _sent(connection, statement, parameters, before, binary=binary)
            except psycopg.OperationalError:
                if not (is_first and connection.closed):
                    raise
            # Nothing was stored over a connection that broke under its first statement: it is repeated, once.
            self.close()
            return _sent(self._opened(), statement, parameters, before, binary=binary)

    @property
    def _begun(self) -> bool:
        return self._in_transaction and _BEGIN not in self._waiting

    def _ready(self) -> "psycopg.Connection[DictRow]":
        if not self._begun:
            return self._opened()
        if self._connection is None or self._connection.closed:
            raise UnavailableError("The connection was lost; nothing was stored.")
        return self._connection

    def _opened(self) -> "psycopg.Connection[DictRow]":
        connection = self._connection
        if connection is None or _is_broken(connection):
            self.close()
            with translated():
                connection = self._connection = self._settings.connect()
        return connection


@contextmanager
def translated() -> Iterator[None]:
    """Turn the driver's errors into the business's, without what they quote.

    Raises:
        UnavailableError: the server is away, busy, or gave up waiting for a lock.
        IntegrityFailureError: a constraint refused a change that the code should not have tried.
        DriverError: a value is none that the database knows, which is a fault of the code.
    """
    try:
        yield
    except (psycopg.OperationalError, psycopg.InterfaceError, psycopg.InternalError) as error:
        away = UnavailableError("The database did not answer in time; nothing was stored.")
        raise away from DriverError(error)
    except psycopg.IntegrityError as error:
        refused = IntegrityFailureError("The database refused a change that breaks its constraints.")
        raise refused from DriverError(error)
    except psycopg.DataError as error:
        raise DriverError(error) from None


def _sent(
    connection: "psycopg.Connection[DictRow]",
    statement: LiteralString,
    parameters: Parameters,
    before: Sequence[LiteralString],
    *,
    binary: bool,
) -> psycopg.Cursor[DictRow]:
    if not before:
        return connection.execute(statement, parameters, prepare=True, binary=binary)
    try:
        with connection.pipeline():
            for other in before:
                connection.execute(other, prepare=True)
            return connection.execute(statement, parameters, prepare=True, binary=binary)
    except psycopg.errors.InFailedSqlTransaction:
        # The driver takes the statement for prepared, and it was never reached.
        connection.close()
        raise


def _is_broken(connection: "psycopg.Connection[DictRow]") -> bool:
    """Whether an idle connection has ended, seen without asking the server.

    A server says nothing on an idle connection unless it hangs up, so anything to read counts as that.
    """
    if connection.closed:
        return True
    readable, _, _ = select([connection.fileno()], [], [], 0)
    return bool(readable)


def _commit(connection: "psycopg.Connection[DictRow]") -> None:
    if connection.info.transaction_status is not TransactionStatus.INTRANS:
        _roll_back(connection)
        raise UnavailableError("The transaction was broken before its end; nothing was stored.")
    try:
        connection.execute(_COMMIT)
    except psycopg.Error as error:
        raise UnavailableError(
            "The connection was lost during the commit; whether the change was stored is unknown."
        ) from DriverError(error)


def _roll_back(connection: "psycopg.Connection[DictRow]") -> None:
    """Undo; a connection that cannot even do that is closed, which makes the server undo."""
    try:
        connection.execute(_ROLLBACK)
    except psycopg.Error:
        connection.close()
