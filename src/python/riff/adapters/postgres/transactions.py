"""Transactions on PostgreSQL, with the stores that take part in them.

Stores that not every function uses are imported when they are asked for: what stands behind them, the core's
ledger and draws above all, would slow every function's start.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from riff.adapters.postgres.audit import PostgresEventStore
from riff.adapters.postgres.blocks import PostgresBlockStore
from riff.adapters.postgres.connection import Database
from riff.adapters.postgres.raffles import PostgresRaffleStore

if TYPE_CHECKING:
    from riff.adapters.postgres.accounts import PostgresStaffStore
    from riff.adapters.postgres.allowances import PostgresAllowanceStore
    from riff.adapters.postgres.attended import PostgresAttendedSaleStore
    from riff.adapters.postgres.checkout import PostgresCheckoutStore
    from riff.adapters.postgres.claims import PostgresClaimStore
    from riff.adapters.postgres.commands import PostgresCommandStore
    from riff.adapters.postgres.draws import PostgresDrawStore
    from riff.adapters.postgres.due import PostgresDueStore
    from riff.adapters.postgres.ledger import PostgresLedgerStore
    from riff.adapters.postgres.order_book import PostgresOrderBook
    from riff.adapters.postgres.orders import PostgresOrderStore
    from riff.adapters.postgres.reconciliation import PostgresReconciliationStore
    from riff.adapters.postgres.seals import PostgresSealStore
    from riff.adapters.postgres.trees import PostgresPoolStore, PostgresTreeStore
    from riff.adapters.postgres.units import PostgresUnitStore
    from riff.adapters.postgres.uploads import PostgresUploadStore


class PostgresWork:
    """Honours `riff.ports.stores.Work`; a store is built when it is first asked for."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @cached_property
    def raffles(self) -> PostgresRaffleStore:
        """Raffles with their setup."""
        return PostgresRaffleStore(self._database)

    @cached_property
    def blocks(self) -> PostgresBlockStore:
        """Blocks and their leases."""
        return PostgresBlockStore(self._database)

    @cached_property
    def orders(self) -> "PostgresOrderStore":
        """Orders that have numbers."""
        from riff.adapters.postgres.orders import PostgresOrderStore  # noqa: PLC0415 - see above

        return PostgresOrderStore(self._database)

    @cached_property
    def checkouts(self) -> "PostgresCheckoutStore":
        """Online orders."""
        from riff.adapters.postgres.checkout import PostgresCheckoutStore  # noqa: PLC0415 - see above

        return PostgresCheckoutStore(self._database)

    @cached_property
    def events(self) -> PostgresEventStore:
        """Significant events."""
        return PostgresEventStore(self._database)

    @cached_property
    def ledger(self) -> "PostgresLedgerStore":
        """Public ledgers."""
        from riff.adapters.postgres.ledger import PostgresLedgerStore  # noqa: PLC0415 - few functions ask for it

        return PostgresLedgerStore(self._database)

    @cached_property
    def trees(self) -> "PostgresTreeStore":
        """Merkle trees."""
        from riff.adapters.postgres.trees import PostgresTreeStore  # noqa: PLC0415 - few functions ask for it

        return PostgresTreeStore(self._database)

    @cached_property
    def pools(self) -> "PostgresPoolStore":
        """Pools of sealed raffles."""
        from riff.adapters.postgres.trees import PostgresPoolStore  # noqa: PLC0415 - few functions ask for it

        return PostgresPoolStore(self._database)

    @cached_property
    def seals(self) -> "PostgresSealStore":
        """What is fixed before a draw."""
        from riff.adapters.postgres.seals import PostgresSealStore  # noqa: PLC0415 - few functions ask for it

        return PostgresSealStore(self._database)

    @cached_property
    def draws(self) -> "PostgresDrawStore":
        """What happens in draws."""
        from riff.adapters.postgres.draws import PostgresDrawStore  # noqa: PLC0415 - few functions ask for it

        return PostgresDrawStore(self._database)

    @cached_property
    def commands(self) -> "PostgresCommandStore":
        """Answers to commands."""
        from riff.adapters.postgres.commands import PostgresCommandStore  # noqa: PLC0415 - see above

        return PostgresCommandStore(self._database)

    @cached_property
    def staff(self) -> "PostgresStaffStore":
        """People who work with the system."""
        from riff.adapters.postgres.accounts import PostgresStaffStore  # noqa: PLC0415 - see above

        return PostgresStaffStore(self._database)

    @cached_property
    def allowances(self) -> "PostgresAllowanceStore":
        """Stock and caps."""
        from riff.adapters.postgres.allowances import PostgresAllowanceStore  # noqa: PLC0415 - see above

        return PostgresAllowanceStore(self._database)

    @cached_property
    def units(self) -> "PostgresUnitStore":
        """Sales units and their enrolments."""
        from riff.adapters.postgres.units import PostgresUnitStore  # noqa: PLC0415 - few functions ask for it

        return PostgresUnitStore(self._database)

    @cached_property
    def attended(self) -> "PostgresAttendedSaleStore":
        """Sales in which a person took the money."""
        from riff.adapters.postgres.attended import PostgresAttendedSaleStore  # noqa: PLC0415 - few functions ask for it

        return PostgresAttendedSaleStore(self._database)

    @cached_property
    def claims(self) -> "PostgresClaimStore":
        """Claims to prizes."""
        from riff.adapters.postgres.claims import PostgresClaimStore  # noqa: PLC0415 - few functions ask for it

        return PostgresClaimStore(self._database)

    @cached_property
    def due(self) -> "PostgresDueStore":
        """What the clock looks for."""
        from riff.adapters.postgres.due import PostgresDueStore  # noqa: PLC0415 - few functions ask for it

        return PostgresDueStore(self._database)

    @cached_property
    def order_book(self) -> "PostgresOrderBook":
        """Orders as the office sees them."""
        from riff.adapters.postgres.order_book import PostgresOrderBook  # noqa: PLC0415 - few functions ask for it

        return PostgresOrderBook(self._database)

    @cached_property
    def uploads(self) -> "PostgresUploadStore":
        """What sales units have handed in."""
        from riff.adapters.postgres.uploads import PostgresUploadStore  # noqa: PLC0415 - few functions ask for it

        return PostgresUploadStore(self._database)

    @cached_property
    def reconciliation(self) -> "PostgresReconciliationStore":
        """The accounts of raffles after their close."""
        from riff.adapters.postgres.reconciliation import PostgresReconciliationStore  # noqa: PLC0415 - few functions ask for it

        return PostgresReconciliationStore(self._database)


class PostgresTransactions:
    """Honours `riff.ports.stores.Transactions`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._work = PostgresWork(database)

    @contextmanager
    def begin(self) -> Iterator[PostgresWork]:
        """Begin a transaction, or take part, behind a savepoint, in the one that is open.

        Raises:
            UnavailableError: the database cannot be reached, or the outcome of the commit is unknown.
        """
        with self._database.transaction():
            yield self._work

    def at_once(self) -> PostgresWork:
        """Stores whose every statement commits by itself, for an operation that is one statement."""
        return self._work
