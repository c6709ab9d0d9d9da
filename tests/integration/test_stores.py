"""PostgreSQL honours the contracts that the fakes honour, each store under the role that uses it."""

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


class TestSeals(SealStoreContract):
    pass


class TestDraws(DrawStoreContract):
    pass
