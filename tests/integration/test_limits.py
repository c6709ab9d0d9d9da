"""Stock, caps and purchase limits under concurrency: what is allowed is sold, all of it and no more."""

from collections.abc import Callable, Iterator
from uuid import uuid4

import attrs
import psycopg
import pytest
from psycopg.errors import CheckViolation, InsufficientPrivilege

from riff.adapters.postgres import PostgresTransactions
from riff.domain.accounts.actor import Actor, ActorKind, Grant
from riff.domain.checkout.charge import ChargeState
from riff.domain.checkout.checkout import RefundState
from riff.domain.raffles.package import Package
from riff.domain.raffles.profile import AtCap, PrizeRules
from riff.domain.raffles.purchase_limit import LimitWindow, PurchaseLimit
from riff.domain.raffles.raffle import Raffle
from riff.errors import (
    PurchaseLimitReachedError,
    SalesCapReachedError,
    SalesClosedError,
    StockExhaustedError,
)
from riff.usecases.checkout.settle_payment import settle_payment
from riff.usecases.raffles.activate_raffle import ActivateRaffle, activate_raffle
from riff.usecases.raffles.change_price import ChangePrice, change_price
from riff.usecases.raffles.resume_raffle import ResumeRaffle, resume_raffle
from riff.usecases.raffles.suspend_raffle import SuspendRaffle, suspend_raffle
from riff.usecases.sales.allowance import take_allowance
from riff.usecases.sales.void_order import VoidOrder, void_order
from riff_critical.lifecycle import OrderState
from riff_critical.selling import Channel
from tests.support.books import discrepancies
from tests.support.builders import a_lease_request, a_package, a_prize, a_raffle, a_sale
from tests.support.contracts import Stores
from tests.support.fakes import PERMISSIVE, FakeClock, FakePayments, FakeProfiles, Method
from tests.support.postgres import MigratedDatabase
from tests.support.sellers import Environment, at_once

type Start = Callable[..., Environment]

MANAGER = Actor(ActorKind.STAFF, "kim", (Grant("super_admin", None),))
REFUSED = (StockExhaustedError, SalesCapReachedError, PurchaseLimitReachedError)
SELLERS = 8


@pytest.fixture(name="payments")
def _payments() -> FakePayments:
    return FakePayments()


@pytest.fixture(name="start")
def _start(database: MigratedDatabase, payments: FakePayments) -> Iterator[Start]:
    """Function environments as a test wants them, each on a connection of its own."""
    started: list[Environment] = []

    def start(clock: FakeClock | None = None, role: str = "riff_critical") -> Environment:
        environment = Environment.started(database, payments, clock, connection=database.open(role))
        started.append(environment)
        return environment

    yield start
    for environment in started:
        environment.connection.close()


@pytest.fixture(name="sellers")
def _sellers(start: Start) -> list[Environment]:
    """Environments of the online channel."""
    return [start() for _ in range(SELLERS)]


def tried(
    seller: Environment, raffle: Raffle, package: Package, method: str, address: str = ""
) -> OrderState | None:
    """What became of a purchase; None where a limit refused it."""
    try:
        order = seller.buy(
            raffle.id, package.id, str(uuid4()), method, address or f"{uuid4().hex}@example.org"
        )
    except REFUSED:
        return None
    return order.checkout.state


def books(database: MigratedDatabase, raffle: Raffle) -> list[str]:
    with database.superuser() as connection:
        return discrepancies(connection, raffle.id)


def test_sells_a_stock_exactly(
    stores: Stores, database: MigratedDatabase, sellers: list[Environment]
) -> None:
    """Every third payment is declined, and gives back what it held."""
    package = a_package(3, 700, stock=30)
    raffle = stores.raffle(a_raffle().active().with_packages(package, a_package(1, 100)))

    def sell(number: int) -> list[OrderState | None]:
        methods = [Method.DECLINE if n % 3 == 0 else Method.OK for n in range(12)]
        return [tried(sellers[number], raffle, package, method) for method in methods]

    outcomes = [outcome for of_seller in at_once(sell, range(SELLERS)) for outcome in of_seller]
    assert outcomes.count(OrderState.PAID) <= 30
    assert books(database, raffle) == []
    left = 30 - outcomes.count(OrderState.PAID)
    fitting = [tried(sellers[0], raffle, package, Method.OK) for _ in range(left + 2)]
    assert [OrderState.PAID] * left + [None, None] == fitting
    assert books(database, raffle) == []


def test_keeps_a_cap_on_sales_exactly(
    stores: Stores, database: MigratedDatabase, sellers: list[Environment]
) -> None:
    packages = [a_package(count, price) for count, price in ((1, 300), (3, 700), (10, 1900))]
    raffle = stores.raffle(a_raffle().active().with_packages(*packages).capped(40_000))

    def sell(number: int) -> list[OrderState | None]:
        return [
            tried(sellers[number], raffle, packages[(number + n) % 3], Method.OK if n % 4 else Method.DECLINE)
            for n in range(12)
        ]

    at_once(sell, range(SELLERS))
    assert books(database, raffle) == []
    while tried(sellers[0], raffle, packages[0], Method.OK) is not None:
        pass
    with stores.reader.begin() as work:
        valid = work.blocks.subtotal(raffle.id).subtotal.valid_cents
    assert 40_000 - 300 < valid <= 40_000
    assert books(database, raffle) == []


def test_the_last_one_is_sold_once_to_a_buyer_who_retries_everywhere(
    stores: Stores, database: MigratedDatabase, sellers: list[Environment], payments: FakePayments
) -> None:
    package, key = a_package(3, 700, stock=1), str(uuid4())
    raffle = stores.raffle(a_raffle().active().with_packages(package))
    orders = at_once(lambda seller: seller.buy(raffle.id, package.id, key).checkout, sellers)
    assert {(order.id, order.state) for order in orders} == {(orders[0].id, OrderState.PAID)}
    assert len(payments.charges) == 1
    assert books(database, raffle) == []


def test_a_prize_that_ends_sales_stays_at_its_cap(
    stores: Stores, database: MigratedDatabase, sellers: list[Environment], start: Start
) -> None:
    """GLI-31 2.2.1, where the profile ends the sales by it: half of the sales, at most 100.00."""
    profile = attrs.evolve(PERMISSIVE, prizes=PrizeRules(cap_minor=10_000, at_cap=AtCap.END_SALES))
    package, prize = a_package(3, 700), a_prize(share_bp=5000, seed_minor=1000)
    raffle = stores.raffle(a_raffle().configured().with_packages(package).with_prizes(prize))
    official = attrs.evolve(start(FakeClock(), "riff_business").services, profiles=FakeProfiles(profile))
    active = activate_raffle(ActivateRaffle(MANAGER, raffle.id), official).raffle
    assert active.sales_cap_minor == 18_001  # half of it is 90.00, rounded down
    outcomes = at_once(lambda seller: [tried(seller, raffle, package, Method.OK) for _ in range(5)], sellers)
    sold = sum(outcome is OrderState.PAID for of_seller in outcomes for outcome in of_seller)
    with stores.reader.begin() as work:
        sales = work.blocks.subtotal(raffle.id).subtotal
    assert (18_001 // 700, prize.amount(sales)) == (sold, 1000 + 700 * sold // 2)
    assert prize.amount(sales) <= 10_000 < prize.amount(sales.after_sale(3, 700))
    assert books(database, raffle) == []


@pytest.mark.parametrize(
    "limit",
    [
        PurchaseLimit(window=LimitWindow.RAFFLE, numbers=35),
        PurchaseLimit(window=LimitWindow.ROLLING, hours=24, amount_minor=7_999),
        PurchaseLimit(window=LimitWindow.MONTH, numbers=35, amount_minor=6_000),
    ],
    ids=lambda limit: limit.window.value,
)
def test_one_buyer_buys_no_more_than_the_limit(
    stores: Stores, database: MigratedDatabase, sellers: list[Environment], limit: PurchaseLimit
) -> None:
    package = a_package(10, 2000)
    profile = attrs.evolve(PERMISSIVE, purchase_limits=(limit,))
    raffle = stores.raffle(a_raffle().active().with_packages(package).under(profile))

    def sell(number: int) -> list[OrderState | None]:
        address = ("Robin@Example.org", "robin+raffle@example.org")[number % 2]
        return [
            tried(sellers[number], raffle, package, method, address) for method in (Method.DECLINE, Method.OK)
        ]

    outcomes = [outcome for of_seller in at_once(sell, range(SELLERS)) for outcome in of_seller]
    left = 3 - outcomes.count(OrderState.PAID)
    again = [tried(sellers[0], raffle, package, Method.OK, "robin@example.org") for _ in range(left + 1)]
    assert [OrderState.PAID] * left + [None] == again
    assert tried(sellers[0], raffle, package, Method.OK, "kim@example.org") is OrderState.PAID
    assert books(database, raffle) == []


def test_channels_share_one_stock(
    stores: Stores, database: MigratedDatabase, sellers: list[Environment]
) -> None:
    """Online orders reserve when they are opened; a sale over the counter takes its part at once."""
    package = a_package(10, 700, stock=20)
    raffle = stores.raffle(a_raffle().active().with_packages(package))

    def at_the_counter(number: int) -> int:
        connection, sold = database.open("riff_critical"), 0
        for _ in range(6):
            try:
                with PostgresTransactions(connection).begin() as work:
                    wanted = a_lease_request(raffle.id, f"counter-{number}", channel=Channel.SALES_UNIT)
                    a_sale(work, work.blocks.lease(wanted), 10, 700, package_id=package.id)
                    take_allowance(raffle, package, 700, work)
                sold += 1
            except StockExhaustedError:
                pass
        connection.close()
        return sold

    def sell(number: int) -> int:
        if number % 2:
            return at_the_counter(number)
        outcomes = [tried(sellers[number], raffle, package, Method.OK) for _ in range(6)]
        return outcomes.count(OrderState.PAID)

    assert sum(at_once(sell, range(SELLERS))) == 20
    assert books(database, raffle) == []


def test_voids_give_value_back_and_no_stock(
    stores: Stores, database: MigratedDatabase, sellers: list[Environment]
) -> None:
    """Officials void while others sell; the cap has room again, the stock has not."""
    package = a_package(3, 700, stock=60)
    raffle = stores.raffle(a_raffle().active().with_packages(package).capped(21_000))

    def work(number: int) -> None:
        for _ in range(10):
            try:
                order = sellers[number].buy(raffle.id, package.id, str(uuid4()))
            except REFUSED:
                continue
            if number % 2:
                void_order(VoidOrder(MANAGER, order.checkout.id, "bought twice"), sellers[number].services)

    at_once(work, range(SELLERS))
    assert books(database, raffle) == []
    with stores.reader.begin() as reading:
        assert reading.blocks.subtotal(raffle.id).subtotal.valid_cents <= 21_000


def test_an_order_that_expires_gives_back_what_it_held(
    stores: Stores, database: MigratedDatabase, payments: FakePayments, start: Start
) -> None:
    clock, package = FakeClock(), a_package(3, 700, stock=1)
    raffle = stores.raffle(a_raffle().active().with_packages(package).capped(700))
    seller = start(clock)
    pending = seller.buy(raffle.id, package.id, str(uuid4()), Method.PENDING).checkout
    assert tried(seller, raffle, package, Method.OK) is None
    clock.advance(hours=1)
    payments.settle(pending.id)
    late = settle_payment(payments.charges[pending.id], seller.services).checkout
    assert (late.state, late.refund, late.reserved) == (OrderState.EXPIRED, RefundState.DONE, False)
    # Whoever tells of it again changes nothing.
    assert settle_payment(payments.charges[pending.id], seller.services).checkout == late
    assert tried(seller, raffle, package, Method.OK) is OrderState.PAID
    assert books(database, raffle) == []


def test_whoever_pays_in_time_gets_what_was_sold_out_meanwhile(
    stores: Stores, database: MigratedDatabase, sellers: list[Environment], payments: FakePayments
) -> None:
    package = a_package(3, 700, stock=2)
    raffle = stores.raffle(a_raffle().active().with_packages(package))
    pending = sellers[0].buy(raffle.id, package.id, str(uuid4()), Method.PENDING).checkout
    assert tried(sellers[1], raffle, package, Method.OK) is OrderState.PAID
    assert tried(sellers[1], raffle, package, Method.OK) is None
    payments.settle(pending.id, ChargeState.SUCCEEDED)
    order = settle_payment(payments.charges[pending.id], sellers[2].services)
    assert (order.checkout.state, order.checkout.refund) == (OrderState.PAID, RefundState.NONE)
    assert books(database, raffle) == []


def test_a_crash_between_two_statements_takes_nothing(stores: Stores, database: MigratedDatabase) -> None:
    package = a_package(3, 700, stock=1)
    raffle = stores.raffle(a_raffle().active().with_packages(package))
    dying = database.open("riff_critical")

    def take_and_die() -> None:
        with PostgresTransactions(dying).begin() as work:
            take_allowance(raffle, package, 700, work)
            dying.close()
            raise ConnectionAbortedError

    with pytest.raises(ConnectionAbortedError):
        take_and_die()
    with stores.critical.begin() as work:
        assert work.allowances.lock(raffle.id, package.id).sold == 0


def test_nothing_is_sold_while_suspended(
    stores: Stores, database: MigratedDatabase, sellers: list[Environment], start: Start
) -> None:
    """Sellers go on trying; between the commits of suspension and resumption the books stand still."""
    package = a_package(3, 700)
    raffle = stores.raffle(a_raffle().active().with_packages(package))
    official = start()

    def orders() -> int:
        with stores.reader.begin() as work:
            return work.blocks.subtotal(raffle.id).orders

    def sell(seller: Environment) -> OrderState:
        # Refused throughout the suspension, and served at last.
        for number in range(100_000):
            if number > 20 and resumed:
                return seller.buy(raffle.id, package.id, str(uuid4())).checkout.state
            try:
                seller.buy(raffle.id, package.id, str(uuid4()))
            except SalesClosedError:
                continue
        pytest.fail("never resumed")

    def interrupt() -> OrderState:
        while orders() < 20:
            pass
        suspend_raffle(SuspendRaffle(MANAGER, raffle.id, "no power"), official.services)
        first = orders()
        counted.extend(orders() - first for _ in range(20))
        resume_raffle(ResumeRaffle(MANAGER, raffle.id, "power is back"), official.services)
        resumed.append(True)
        return OrderState.PAID

    counted: list[int] = []
    resumed: list[bool] = []
    outcomes = at_once(lambda seller: sell(seller) if seller else interrupt(), [*sellers[:4], None])
    assert set(outcomes) == {OrderState.PAID}
    assert counted == [0] * 20
    assert books(database, raffle) == []


def test_every_order_pays_the_price_of_its_instant(
    stores: Stores, database: MigratedDatabase, start: Start
) -> None:
    """Prices change while many buy; each order's price is the one that the history states for its opening."""
    clock, package = FakeClock(), a_package(3, 700)
    raffle = stores.raffle(a_raffle().active().with_packages(package))
    sellers = [start(clock) for _ in range(4)]
    official = start(clock, "riff_business")

    def change() -> None:
        for price in range(701, 716):
            change_price(ChangePrice(MANAGER, raffle.id, package.id, price, "a test"), official.services)
            clock.advance(seconds=2)

    def sell(seller: Environment) -> None:
        for _ in range(25):
            seller.buy(raffle.id, package.id, str(uuid4()))

    at_once(lambda seller: sell(seller) if seller else change(), [*sellers, None])
    with stores.reader.begin() as work:
        (changed,) = work.raffles.packages(raffle.id)
    with database.superuser() as connection:
        opened = connection.execute(
            "SELECT opened_at, price_minor FROM checkout WHERE raffle_id = %s", [raffle.id]
        ).fetchall()
    assert len(opened) == 100
    assert [price for _, price in opened] == [
        changed.price_at(Channel.ONLINE, at, raffle.window) for at, _ in opened
    ]
    assert len(changed.earlier) == 15


@pytest.mark.parametrize(
    ("statement", "error"),
    [
        ("UPDATE allowance SET taken = most + 1 WHERE raffle_id = %s", CheckViolation),
        ("UPDATE allowance SET taken = -1 WHERE raffle_id = %s", CheckViolation),
        ("UPDATE allowance SET most = most + 1 WHERE raffle_id = %s", InsufficientPrivilege),
        ("DELETE FROM allowance WHERE raffle_id = %s", InsufficientPrivilege),
        ("UPDATE raffle SET sales_cap_minor = NULL WHERE id = %s", InsufficientPrivilege),
        ("UPDATE package SET stock = stock + 1 WHERE raffle_id = %s", InsufficientPrivilege),
    ],
)
def test_sellers_move_no_limit(
    stores: Stores, database: MigratedDatabase, statement: str, error: type[psycopg.Error]
) -> None:
    package = a_package(3, 700, stock=1)
    raffle = stores.raffle(a_raffle().active().with_packages(package).capped(700))
    with database.connect("riff_critical") as connection, pytest.raises(error):
        connection.execute(statement.encode(), [raffle.id])
