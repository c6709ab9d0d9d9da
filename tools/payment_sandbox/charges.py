"""Charges, refunds and notices, kept in one SQLite file: what was answered is still there after a kill.

A charge and its notice are one transaction. What a charge is, is here; who was told so is another matter.
"""

import contextlib
import dataclasses
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

METHODS: Final = frozenset(
    {
        "sandbox_ok",
        "sandbox_decline",
        "sandbox_pending",
        "sandbox_timeout",
        "sandbox_silent",
        "sandbox_duplicate",
        "sandbox_late",
    }
)

_SCHEMA: Final = """
    CREATE TABLE IF NOT EXISTS charge (
        id TEXT PRIMARY KEY, order_id TEXT NOT NULL, amount INTEGER NOT NULL, currency TEXT NOT NULL,
        method TEXT NOT NULL, status TEXT NOT NULL, refunded INTEGER NOT NULL DEFAULT 0,
        settles_at REAL, idempotency_key TEXT NOT NULL UNIQUE, request TEXT NOT NULL
    );
    CREATE INDEX IF NOT EXISTS charge_order ON charge (order_id);
    CREATE TABLE IF NOT EXISTS refund (
        id TEXT PRIMARY KEY, charge_id TEXT NOT NULL REFERENCES charge, amount INTEGER NOT NULL,
        idempotency_key TEXT NOT NULL UNIQUE, request TEXT NOT NULL
    );
    CREATE TABLE IF NOT EXISTS notice (
        id TEXT PRIMARY KEY, charge_id TEXT NOT NULL REFERENCES charge, type TEXT NOT NULL,
        due_at REAL NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, deliveries INTEGER NOT NULL
    );
    CREATE TABLE IF NOT EXISTS abandonment (order_id TEXT PRIMARY KEY);
    CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""


@dataclasses.dataclass(frozen=True)
class Charge:
    """One charge as the processor knows it now."""

    id: str
    order_id: str
    amount: int
    currency: str
    method: str
    status: str
    refunded: int

    def shown(self) -> dict[str, Any]:
        """The charge as callers see it."""
        return {
            "id": self.id,
            "order_id": self.order_id,
            "amount": self.amount,
            "currency": self.currency,
            "status": self.status,
            "refunded": self.refunded,
        }


@dataclasses.dataclass(frozen=True)
class Notice:
    """A message that the other side has not acknowledged as often as it is to get it."""

    id: str
    charge_id: str
    type: str
    due_at: float
    deliveries: int
    attempts: int = 0


class KeyReusedError(Exception):
    """An idempotency key came back with another request."""


class UnknownChargeError(Exception):
    """No charge has this id."""


class NotRefundableError(Exception):
    """More than was paid, or nothing was paid."""


_CHARGE_COLUMNS: Final = "id, order_id, amount, currency, method, status, refunded"


class Ledger:
    """All charges. Safe for use by several threads: each call is one transaction."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        # FULL: a reply must not promise what a power cut could take back.
        self._connection.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;" + _SCHEMA)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def charge(
        self, new: Charge, key: str, request: str, settles_at: float | None, notice: Notice | None
    ) -> tuple[Charge, bool]:
        """The charge of an idempotency key, and whether it was made just now.

        A charge for an abandoned order is declined, whatever it was to be.

        Args:
            new: what to store if the key is unknown.
            key: the caller's idempotency key.
            request: the request in a canonical form; the same key must always bring the same.
            settles_at: when a pending charge turns into a succeeded one.
            notice: what to tell the other side about a new charge.

        Raises:
            KeyReusedError: the key belongs to another request.
        """
        with self._transaction() as connection:
            known = connection.execute(
                f"SELECT request, {_CHARGE_COLUMNS} FROM charge WHERE idempotency_key = ?",  # noqa: S608 - constant
                (key,),
            ).fetchone()
            if known is not None:
                if known[0] != request:
                    raise KeyReusedError(key)
                return Charge(*known[1:]), False
            if _is_abandoned(connection, new.order_id):
                new, settles_at, notice = dataclasses.replace(new, status="declined"), None, None
            connection.execute(
                "INSERT INTO charge (id, order_id, amount, currency, method, status, settles_at,"
                " idempotency_key, request) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    new.id,
                    new.order_id,
                    new.amount,
                    new.currency,
                    new.method,
                    new.status,
                    settles_at,
                    key,
                    request,
                ),
            )
            if notice is not None:
                _queue(connection, notice)
            return new, True

    def find(self, charge_id: str) -> Charge:
        """The charge of an id.

        Raises:
            UnknownChargeError: there is none.
        """
        with self._transaction() as connection:
            return _found(connection, charge_id)

    def abandon(self, order_id: str) -> None:
        """Decline every charge for an order from now on; those that are there stay as they are."""
        with self._transaction() as connection:
            connection.execute("INSERT OR IGNORE INTO abandonment (order_id) VALUES (?)", (order_id,))

    def of_order(self, order_id: str) -> list[Charge]:
        """All charges of an order, oldest first."""
        with self._transaction() as connection:
            rows = connection.execute(
                f"SELECT {_CHARGE_COLUMNS} FROM charge WHERE order_id = ? ORDER BY rowid",  # noqa: S608 - constant
                (order_id,),
            )
            return [Charge(*row) for row in rows]

    def settle(self, now: float) -> None:
        """Turn pending charges whose time has come into succeeded ones."""
        with self._transaction() as connection:
            connection.execute(
                "UPDATE charge SET status = 'succeeded' WHERE status = 'pending' AND settles_at <= ?", (now,)
            )

    def refund(self, refund_id: str, amount: int, key: str, notice: Notice) -> tuple[str, bool]:
        """The refund of an idempotency key, and whether it was made just now; the notice names the charge.

        Raises:
            UnknownChargeError: no charge has this id.
            KeyReusedError: the key belongs to another refund.
            NotRefundableError: the charge does not hold that much money.
        """
        charge_id = notice.charge_id
        request = f"{charge_id} {amount}"
        with self._transaction() as connection:
            charge = _found(connection, charge_id)
            known = connection.execute(
                "SELECT request, id FROM refund WHERE idempotency_key = ?", (key,)
            ).fetchone()
            if known is not None:
                if known[0] != request:
                    raise KeyReusedError(key)
                return str(known[1]), False
            if charge.status != "succeeded" or charge.refunded + amount > charge.amount:
                raise NotRefundableError(charge_id)
            connection.execute(
                "INSERT INTO refund (id, charge_id, amount, idempotency_key, request) VALUES (?, ?, ?, ?, ?)",
                (refund_id, charge_id, amount, key, request),
            )
            connection.execute("UPDATE charge SET refunded = refunded + ? WHERE id = ?", (amount, charge_id))
            _queue(connection, notice)
            return refund_id, True

    def due_notices(self, now: float) -> list[Notice]:
        """Notices that are to be sent now."""
        with self._transaction() as connection:
            rows = connection.execute(
                "SELECT id, charge_id, type, due_at, deliveries, attempts FROM notice"
                " WHERE deliveries > 0 AND due_at <= ? ORDER BY due_at, rowid LIMIT 100",
                (now,),
            )
            return [Notice(*row) for row in rows]

    def delivered(self, notice_id: str) -> None:
        """Count one acknowledged delivery."""
        with self._transaction() as connection:
            connection.execute("UPDATE notice SET deliveries = deliveries - 1 WHERE id = ?", (notice_id,))

    def postpone(self, notice_id: str, due_at: float) -> None:
        """Try a notice again later."""
        with self._transaction() as connection:
            connection.execute(
                "UPDATE notice SET attempts = attempts + 1, due_at = ? WHERE id = ?", (due_at, notice_id)
            )

    @property
    def notice_url(self) -> str | None:
        """Where notices go; None as long as nobody has said."""
        with self._transaction() as connection:
            row = connection.execute("SELECT value FROM setting WHERE name = 'notice_url'").fetchone()
            return None if row is None else str(row[0])

    @notice_url.setter
    def notice_url(self, url: str) -> None:
        with self._transaction() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO setting (name, value) VALUES ('notice_url', ?)", (url,)
            )


def _queue(connection: sqlite3.Connection, notice: Notice) -> None:
    connection.execute(
        "INSERT INTO notice (id, charge_id, type, due_at, deliveries) VALUES (?, ?, ?, ?, ?)",
        (notice.id, notice.charge_id, notice.type, notice.due_at, notice.deliveries),
    )


def _is_abandoned(connection: sqlite3.Connection, order_id: str) -> bool:
    row = connection.execute("SELECT 1 FROM abandonment WHERE order_id = ?", (order_id,)).fetchone()
    return row is not None


def _found(connection: sqlite3.Connection, charge_id: str) -> Charge:
    row = connection.execute(
        f"SELECT {_CHARGE_COLUMNS} FROM charge WHERE id = ?",  # noqa: S608 - constant
        (charge_id,),
    ).fetchone()
    if row is None:
        raise UnknownChargeError(charge_id)
    return Charge(*row)
