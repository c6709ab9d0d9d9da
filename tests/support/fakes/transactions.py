"""Transactions in memory: one at a time, and an exception undoes what its block wrote."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock

from riff.domain.accounts.staff import StaffMember
from riff.domain.audit.event_catalogue import EventKind
from riff.domain.audit.significant_event import SignificantEvent
from riff.domain.raffles.raffle import Organization
from riff.errors import UnavailableError
from tests.support.fakes.allowances import FakeAllowanceStore
from tests.support.fakes.attended import FakeAttendedSaleStore
from tests.support.fakes.checkouts import FakeCheckoutStore
from tests.support.fakes.claims import FakeClaimStore
from tests.support.fakes.draws import FakeDrawStore, FakeSealStore
from tests.support.fakes.due import FakeDueStore
from tests.support.fakes.ledgers import FakeLedgerStore, FakePoolStore, FakeTreeStore
from tests.support.fakes.order_book import FakeOrderBook
from tests.support.fakes.raffles import FakeRaffleStore
from tests.support.fakes.reconciliation import FakeReconciliationStore
from tests.support.fakes.records import FakeCommandStore, FakeEventStore, FakeStaffStore
from tests.support.fakes.sales import FakeBlockStore, FakeOrderStore
from tests.support.fakes.tables import Tables
from tests.support.fakes.units import FakeUnitStore
from tests.support.fakes.uploads import FakeUploadStore


class FakeWork:
    """Honours `riff.ports.stores.Work` over one set of tables."""

    def __init__(self, tables: Tables) -> None:
        self.raffles = FakeRaffleStore(tables)
        self.blocks = FakeBlockStore(tables)
        self.orders = FakeOrderStore(tables)
        self.checkouts = FakeCheckoutStore(tables)
        self.claims = FakeClaimStore(tables)
        self.events = FakeEventStore(tables)
        self.ledger = FakeLedgerStore(tables)
        self.trees = FakeTreeStore(tables)
        self.pools = FakePoolStore(tables)
        self.seals = FakeSealStore(tables)
        self.draws = FakeDrawStore(tables)
        self.commands = FakeCommandStore(tables)
        self.staff = FakeStaffStore(tables)
        self.allowances = FakeAllowanceStore(tables)
        self.units = FakeUnitStore(tables)
        self.attended = FakeAttendedSaleStore(tables)
        self.uploads = FakeUploadStore(tables)
        self.reconciliation = FakeReconciliationStore(tables)
        self.due = FakeDueStore(tables)
        self.order_book = FakeOrderBook(tables)


class FakeTransactions:
    """Honours `riff.ports.stores.Transactions`.

    `tables` is what is stored; look into it in tests.  `begun` counts outermost transactions.
    """

    def __init__(self) -> None:
        self.tables = Tables()
        self.begun = 0
        self._lock = RLock()
        self._depth = 0
        self._next_commit_stores: bool | None = None

    def lose_next_commit(self, *, stored: bool) -> None:
        """Lose the connection during the next commit, so that its caller cannot tell the outcome."""
        self._next_commit_stores = stored

    @contextmanager
    def begin(self) -> Iterator[FakeWork]:
        """One transaction, or part of the one that this thread has begun."""
        with self._lock:
            before = self.tables.copied()
            self.begun += self._depth == 0
            self._depth += 1
            try:
                yield FakeWork(self.tables)
            except BaseException:
                self.tables.restore(before)
                raise
            finally:
                self._depth -= 1
            self._commit(before)

    def _commit(self, before: Tables) -> None:
        if self._depth > 0 or self._next_commit_stores is None:
            return
        stores, self._next_commit_stores = self._next_commit_stores, None
        if not stores:
            self.tables.restore(before)
        raise UnavailableError("The connection was lost; whether the change was stored is unknown.")

    def events(self) -> list[SignificantEvent]:
        """Every stored event, stream by stream."""
        return [event for stream in self.tables.events.values() for event in stream]

    def event_kinds(self) -> list[EventKind]:
        """The kinds of all stored events, stream by stream."""
        return [event.kind for event in self.events()]

    def add_organization(self, organization: Organization) -> None:
        """Store a licence holder."""
        self.tables.organizations[organization.id] = organization

    def add_staff(self, member: StaffMember) -> None:
        """Store an active member."""
        self.tables.staff[member.subject] = member
