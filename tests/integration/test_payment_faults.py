"""Payments under faults: one charge, one order, one run of numbers, whatever dies, is late or never comes."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count
from uuid import UUID, uuid4

import attrs
import pytest

from riff.adapters.postgres import Database
from riff.domain.accounts.actor import Actor, ActorKind, Grant
from riff.domain.checkout.charge import ChargeState
from riff.domain.checkout.checkout import Checkout, RefundState, RequestKey
from riff.domain.identifiers import OrderId
from riff.domain.raffles.raffle import Raffle
from riff.handlers.checkout.create_online_order import handler
from riff.ports.clock import Clock
from riff.ports.services import Services
from riff.usecases.checkout.expire_pending_orders import ExpirePendingOrders, expire_pending_orders
from riff.usecases.checkout.receive_payment_notice import ReceivePaymentNotice, receive_payment_notice
from riff.usecases.checkout.settle_unknown_payments import SettleUnknownPayments, settle_unknown_payments
from riff.usecases.raffles.close_due_raffles import CloseDueRaffles, close_due_raffles
from riff.usecases.raffles.close_sales import CloseSales, close_sales
from riff.usecases.sales.refund_order import RefundOrder, refund_order
from riff_critical.lifecycle import OrderState, RaffleState
from tests.support.books import discrepancies
from tests.support.builders import a_package, a_raffle
from tests.support.contracts import Stores
from tests.support.fakes import FakeClock, FakePayments, FakeRun, Fakes, Method
from tests.support.gateway import an_event, ask
from tests.support.mortality import DeathError, Life, MortalPayments, MortalSettings
from tests.support.payment_books import payment_discrepancies
from tests.support.postgres import MigratedDatabase
from tests.support.sellers import Environment, at_once
from tests.support.wired import wired

PACKAGE = a_package(5, 1000)
_OURS = "SELECT id FROM checkout WHERE raffle_id = %s"
_CLOSINGS = "SELECT count(*) FROM significant_event WHERE stream = %s AND kind = 'RAF-0142'"
MANAGER = Actor(ActorKind.STAFF, "kim", (Grant("super_admin", None),))
AT_ONCE = SettleUnknownPayments(patience=timedelta(0))


@pytest.fixture(name="raffle")
def _raffle(stores: Stores) -> Raffle:
    return stores.raffle(a_raffle().active().with_packages(PACKAGE).with_slots(online=100_000))


@pytest.fixture(name="payments")
def _payments() -> FakePayments:
    return FakePayments()


@attrs.frozen
class Scene:
    """A raffle that sells, a processor, and environments as a test wants them."""

    database: MigratedDatabase
    raffle: Raffle
    payments: FakePayments
    opened: list[Database] = attrs.field(factory=list)

    def environment(self, clock: Clock | None = None, life: Life | None = None) -> Environment:
        """A running environment, mortal if it is given a life."""
        settings = self.database.settings("riff_critical")
        connection = Database(settings if life is None else MortalSettings.of(settings, life))
        self.opened.append(connection)
        found = Environment.started(self.database, self.payments, clock, connection=connection)
        if life is None:
            return found
        mortal = MortalPayments(self.payments, life)
        return attrs.evolve(found, services=attrs.evolve(found.services, payments=mortal))

    def buy(self, environment: Environment, key: str, method: str = Method.OK) -> Checkout:
        """A purchase of the only package."""
        return environment.buy(self.raffle.id, PACKAGE.id, key, method).checkout

    def stored(self, order_id: OrderId) -> Checkout:
        """An order as it stands."""
        with self.environment().services.transactions.begin() as work:
            return work.checkouts.get(order_id)

    def notify(self, environment: Environment, order_id: OrderId, name: str = "") -> None:
        """The processor's notice about the order arrives."""
        notice = self.payments.notice(order_id, name or f"evt_{order_id}")
        receive_payment_notice(ReceivePaymentNotice(*notice), environment.services)

    def held(self) -> dict[UUID, int]:
        """Money that the processor holds, by order."""
        return {
            charge.order_id: charge.amount.minor
            for charge in self.payments.charges.values()
            if charge.state is ChargeState.SUCCEEDED and charge.id not in self.payments.refunded
        }

    def require_books(self, *, settled: bool = True) -> None:
        """Everything adds up, here and at the processor."""
        with self.database.superuser() as connection:
            assert discrepancies(connection, self.raffle.id) == []
            ours = {name for (name,) in connection.execute(_OURS, [self.raffle.id])}
            held = {name: money for name, money in self.held().items() if name in ours}
            assert len(held) == len(self.held())
            assert [
                fault
                for fault in payment_discrepancies(connection, held, settled=settled)
                if any(str(name) in fault for name in ours)
            ] == []


@pytest.fixture(name="scene")
def _scene(database: MigratedDatabase, raffle: Raffle, payments: FakePayments) -> Iterator[Scene]:
    scene = Scene(database, raffle, payments)
    yield scene
    for connection in scene.opened:
        connection.close()


def _deaths(live: Callable[[Life], object]) -> Iterator[int]:
    """Live again and again, one instant longer each time, until nothing dies; the instants of death."""
    for instant in count():
        try:
            live(Life(instant))
        except DeathError:
            yield instant
        else:
            return


def test_a_purchase_that_dies_between_any_two_statements_is_bought_once(scene: Scene) -> None:
    """The buyer's retry reaches another environment and ends with the one order, paid once."""
    key = ""

    def purchase(life: Life) -> None:
        nonlocal key
        key = str(uuid4())
        scene.buy(scene.environment(life=life), key)

    survivor = scene.environment()
    retried = [scene.buy(survivor, key).state for _ in _deaths(purchase)]
    assert len(retried) > 20
    assert set(retried) == {OrderState.PAID}
    assert len(scene.payments.charges) == len(retried) + 1
    scene.require_books()


def test_what_a_dead_purchase_leaves_is_settled_without_the_buyer(scene: Scene) -> None:
    """No retry, no notice: the sweep alone gives numbers to what was paid, and lets the rest expire."""
    clock = FakeClock(scene.raffle.window.opens_at + timedelta(minutes=1))
    deaths = list(_deaths(lambda life: scene.buy(scene.environment(clock, life), str(uuid4()))))
    sweeper, run = scene.environment(clock), FakeRun()
    settle_unknown_payments(AT_ONCE, sweeper.services, run)
    clock.advance(hours=1)
    expire_pending_orders(ExpirePendingOrders(), sweeper.services, run)
    assert run.failures == {}
    assert run.counts["paid"] > 0
    assert run.counts["expired"] > 0
    assert len(deaths) > 20
    scene.require_books()


@pytest.mark.parametrize("method", [Method.TIMEOUT, Method.UNREACHABLE])
def test_a_sweep_that_dies_between_any_two_statements_is_finished_by_the_next(
    scene: Scene, method: Method
) -> None:
    clock = FakeClock(scene.raffle.window.opens_at + timedelta(minutes=1))
    buyer = scene.environment(clock)

    def sweep(life: Life) -> None:
        scene.buy(buyer, str(uuid4()), method)
        clock.advance(hours=1)
        expire_pending_orders(ExpirePendingOrders(), scene.environment(clock, life).services, FakeRun())

    assert len(list(_deaths(sweep))) > 8
    last = scene.environment(clock)
    expire_pending_orders(ExpirePendingOrders(), last.services, FakeRun())
    settle_unknown_payments(AT_ONCE, last.services, FakeRun())
    scene.require_books()


def test_a_refund_that_dies_between_any_two_statements_returns_the_money_once(scene: Scene) -> None:
    seller = scene.environment()
    order, request = scene.buy(seller, str(uuid4())), RequestKey("refund_order staff:kim", "k", b"d" * 32)

    def command() -> RefundOrder:
        return RefundOrder(MANAGER, order.id, "the buyer could not come", request)

    def refund(life: Life) -> None:
        nonlocal order, request
        order = scene.buy(seller, str(uuid4()))
        request = RequestKey("refund_order staff:kim", str(uuid4()), b"d" * 32)
        refund_order(command(), scene.environment(life=life).services)

    retried = [refund_order(command(), seller.services).refund for _ in _deaths(refund)]
    assert len(retried) > 20
    assert set(retried) == {RefundState.DONE}
    assert len(scene.payments.refunded) == len(retried) + 1
    scene.require_books()


def test_a_notice_before_the_browser_hears(scene: Scene) -> None:
    """The answer to the browser is lost; the notice gives the numbers; the browser's retry finds them."""
    key, environment, other = str(uuid4()), scene.environment(), scene.environment()
    order = scene.buy(environment, key, Method.TIMEOUT)
    scene.notify(other, order.id)
    assert scene.buy(environment, key, Method.TIMEOUT).state is OrderState.PAID
    scene.require_books()


def test_browser_notice_and_sweep_at_the_same_moment(scene: Scene) -> None:
    for _ in range(5):
        key = str(uuid4())
        order = scene.buy(scene.environment(), key, Method.TIMEOUT)
        environments = [scene.environment() for _ in range(6)]

        def learn(
            number: int, order: Checkout = order, key: str = key, learners: list[Environment] = environments
        ) -> None:
            ways: list[Callable[[Environment], object]] = [
                lambda environment: scene.buy(environment, key, Method.TIMEOUT),
                lambda environment: scene.notify(environment, order.id),
                lambda environment: settle_unknown_payments(AT_ONCE, environment.services, FakeRun()),
            ]
            ways[number % 3](learners[number])

        at_once(learn, range(6))
        assert scene.stored(order.id).state is OrderState.PAID
    scene.require_books()


def test_the_same_notice_many_times_at_once_acts_once(scene: Scene) -> None:
    order = scene.buy(scene.environment(), str(uuid4()), Method.PENDING)
    scene.payments.settle(order.id)
    environments = [scene.environment() for _ in range(6)]
    at_once(lambda environment: scene.notify(environment, order.id), environments)
    with scene.environment().services.transactions.begin() as work:
        assert [notice.told for notice in work.checkouts.notices(order.id)] == ["succeeded"]
    scene.require_books()


def test_a_notice_that_never_comes(scene: Scene) -> None:
    order = scene.buy(scene.environment(), str(uuid4()), Method.PENDING)
    scene.payments.settle(order.id)
    runs = [FakeRun(), FakeRun()]
    at_once(lambda run: settle_unknown_payments(AT_ONCE, scene.environment().services, run), runs)
    assert scene.stored(order.id).state is OrderState.PAID
    assert all(run.failures == {} for run in runs)
    scene.require_books()


def test_a_notice_after_the_close(scene: Scene) -> None:
    environment = scene.environment()
    order = scene.buy(environment, str(uuid4()), Method.PENDING)
    scene.payments.settle(order.id)
    close_sales(CloseSales(MANAGER, scene.raffle.id, "the match ended early"), environment.services)
    scene.notify(environment, order.id)
    found = scene.stored(order.id)
    assert (found.state, found.refund) == (OrderState.EXPIRED, RefundState.DONE)
    scene.require_books()


def test_two_jobs_close_a_raffle_once(scene: Scene) -> None:
    clock = FakeClock(scene.raffle.window.closes_at)
    runs = [FakeRun() for _ in range(4)]
    at_once(lambda run: close_due_raffles(CloseDueRaffles(), scene.environment(clock).services, run), runs)
    with scene.database.superuser() as connection:
        assert connection.execute(_CLOSINGS, [scene.raffle.id]).fetchone() == (1,)
    assert all(run.failures == {} for run in runs)
    with scene.environment().services.transactions.begin() as work:
        assert work.raffles.get(scene.raffle.id).state is RaffleState.SALES_CLOSED


@pytest.mark.parametrize("off_s", [-10, 10])
def test_a_clock_that_is_ten_seconds_off_sells_no_number_twice(scene: Scene, off_s: int) -> None:
    """A fast clock takes leases over early, a slow one holds on to them too long; the row decides."""
    right = FakeClock(scene.raffle.window.opens_at + timedelta(minutes=1))
    wrong = FakeClock(right.now() + timedelta(seconds=off_s))
    environments = [scene.environment(right), scene.environment(wrong)]
    lease = timedelta(seconds=environments[0].services.selling.online_lease_s)
    for number in range(4):
        for environment in environments:
            assert scene.buy(environment, str(uuid4())).state is OrderState.PAID
        # To just before the end of the leases, to between the two clocks' ends, and past both.
        for clock in (right, wrong):
            clock.advance(seconds=lease.total_seconds() - 5 if number % 2 == 0 else 5)
    scene.require_books()


def test_a_pool_without_a_connection_left_sells_nothing_and_says_when_to_come_back(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    fakes = Fakes(payments=scene.payments)
    with scene.database.superuser() as superuser:
        superuser.execute("ALTER ROLE riff_critical CONNECTION LIMIT 0")
        try:
            with wired(monkeypatch, _Wired(fakes, scene.environment().services)):
                answer = ask(handler, _purchase(scene.raffle))
        finally:
            superuser.execute("ALTER ROLE riff_critical CONNECTION LIMIT -1")
    assert (answer.status, answer.code, answer.headers["Retry-After"]) == (503, "unavailable", "2")
    assert scene.payments.charges == {}
    with wired(monkeypatch, _Wired(fakes, scene.environment().services)):
        again = ask(handler, _purchase(scene.raffle))
    assert (again.status, again.body["state"]) == (201, "paid")
    scene.require_books()


class _Wired(Fakes):
    """Fakes whose services are those of an environment on PostgreSQL."""

    def __init__(self, fakes: Fakes, services: Services) -> None:
        super().__init__(payments=fakes.payments)
        object.__setattr__(self, "_found", services)

    @property
    def services(self) -> Services:
        """The environment's services."""
        found: Services = object.__getattribute__(self, "_found")
        return found


def _purchase(raffle: Raffle) -> dict[str, object]:
    return an_event(
        "POST",
        "/raffles/{raffle_id}/orders",
        variables={"raffle_id": str(raffle.id)},
        body={
            "package_id": str(PACKAGE.id),
            "buyer": {"name": "Robin Buyer", "email": "robin@example.org"},
            "payment_method": Method.OK.value,
        },
        headers={"Idempotency-Key": "exhausted-1"},
    )
