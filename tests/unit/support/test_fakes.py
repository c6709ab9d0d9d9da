"""The fakes honour the contracts that PostgreSQL honours."""

import pytest

from riff.errors import NotFoundError, UnavailableError
from tests.support.builders import a_checkout
from tests.support.contracts import Stores
from tests.support.contracts.allowances import AllowanceStoreContract
from tests.support.contracts.claims import ClaimStoreContract
from tests.support.contracts.draws import DrawStoreContract, SealStoreContract
from tests.support.contracts.due import DueStoreContract
from tests.support.contracts.ledgers import (
    LedgerStoreContract,
    PoolStoreContract,
    TreeStoreContract,
)
from tests.support.contracts.order_book import OrderBookContract
from tests.support.contracts.raffles import RaffleStoreContract
from tests.support.contracts.reconciliation import ReconciliationStoreContract
from tests.support.contracts.records import (
    CheckoutStoreContract,
    CommandStoreContract,
    EventStoreContract,
    StaffStoreContract,
    TransactionsContract,
)
from tests.support.contracts.sales import BlockStoreContract, OrderStoreContract
from tests.support.contracts.units import (
    AttendedSaleStoreContract,
    UnitBlocksContract,
    UnitStoreContract,
)
from tests.support.contracts.uploads import UploadStoreContract
from tests.support.fakes import FakeTransactions


@pytest.fixture(name="stores", scope="module")
def _stores() -> Stores:
    fake = FakeTransactions()
    return Stores(fake, fake, fake, fake.add_organization, fake.add_staff)


class TestClaims(ClaimStoreContract):
    pass


class TestRaffles(RaffleStoreContract):
    pass


class TestAllowances(AllowanceStoreContract):
    pass


class TestBlocks(BlockStoreContract):
    pass


class TestOrders(OrderStoreContract):
    pass


class TestCheckouts(CheckoutStoreContract):
    pass


class TestDue(DueStoreContract):
    pass


class TestOrderBook(OrderBookContract):
    pass


class TestEvents(EventStoreContract):
    pass


class TestCommands(CommandStoreContract):
    pass


class TestStaff(StaffStoreContract):
    pass


class TestTransactions(TransactionsContract):
    pass


class TestUnits(UnitStoreContract):
    pass


class TestAttendedSales(AttendedSaleStoreContract):
    pass


class TestUnitBlocks(UnitBlocksContract):
    pass


class TestUploads(UploadStoreContract):
    pass


class TestReconciliation(ReconciliationStoreContract):
    pass


class TestLedgers(LedgerStoreContract):
    pass


class TestTrees(TreeStoreContract):
    pass


class TestPools(PoolStoreContract):
    pass


@pytest.mark.parametrize("stored", [True, False])
def test_loses_a_commit_on_request(*, stored: bool, stores: Stores) -> None:
    checkout = a_checkout(stores.raffle().id)
    fake = stores.critical
    assert isinstance(fake, FakeTransactions)
    fake.lose_next_commit(stored=stored)
    with pytest.raises(UnavailableError), fake.begin() as work:
        work.checkouts.open(checkout)
    with fake.begin() as work:
        if stored:
            assert work.checkouts.get(checkout.id) == checkout
        else:
            with pytest.raises(NotFoundError):
                work.checkouts.get(checkout.id)


class TestSeals(SealStoreContract):
    pass


class TestDraws(DrawStoreContract):
    pass
