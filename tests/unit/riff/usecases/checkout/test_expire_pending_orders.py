from datetime import timedelta

from riff.domain.audit.event_catalogue import EventKind
from riff.domain.checkout.charge import ChargeState
from riff.domain.checkout.checkout import Checkout, RefundState
from riff.domain.identifiers import OrderId
from riff.errors import UnavailableError
from riff.usecases.checkout.expire_pending_orders import ExpirePendingOrders, expire_pending_orders
from riff.usecases.checkout.settle_payment import settle_payment
from riff_critical.lifecycle import OrderState
from tests.support.fakes import FakeRun, Method
from tests.support.stage import Stage


def run(stage: Stage) -> FakeRun:
    """One run of the job, which reads two orders at a time."""
    done = FakeRun()
    expire_pending_orders(ExpirePendingOrders(page=2), stage.fakes.services, done)
    return done


def stored(stage: Stage, order_id: OrderId) -> Checkout:
    with stage.fakes.transactions.begin() as work:
        return work.checkouts.get(order_id)


def test_orders_without_a_payment_expire() -> None:
    stage = Stage.of()
    orders = [stage.buy(f"key-{n}", Method.UNREACHABLE).checkout for n in range(5)]
    stage.fakes.clock.set(orders[-1].expires_at)
    assert run(stage).counts == {"expired": 5}
    found = [stored(stage, order.id) for order in orders]
    assert {(order.state, order.refund) for order in found} == {(OrderState.EXPIRED, RefundState.NONE)}
    assert stage.fakes.transactions.event_kinds().count(EventKind.CHECKOUT_EXPIRED) == 5
    assert run(stage).counts == {}


def test_an_order_does_not_expire_before_its_time() -> None:
    stage = Stage.of()
    order = stage.buy(method=Method.UNREACHABLE).checkout
    stage.fakes.clock.set(order.expires_at - timedelta(microseconds=1))
    assert run(stage).counts == {}


def test_money_that_was_taken_goes_back() -> None:
    stage = Stage.of()
    order = stage.buy(method=Method.TIMEOUT).checkout
    stage.fakes.clock.set(order.expires_at)
    assert run(stage).counts == {"expired": 1}
    assert stored(stage, order.id).refund is RefundState.DONE
    assert stage.fakes.payments.refunded == [stored(stage, order.id).charge_id]


def test_a_payment_that_cannot_be_given_up_keeps_the_order_pending() -> None:
    stage = Stage.of()
    order = stage.buy(method=Method.PENDING).checkout
    stage.fakes.clock.set(order.expires_at)
    assert run(stage).counts == {"pending at the processor": 1}
    stage.fakes.payments.settle(order.id)
    assert run(stage).counts == {"expired": 1}
    assert stored(stage, order.id).refund is RefundState.DONE


def test_a_payment_that_was_declined_in_the_end_fails_the_order() -> None:
    stage = Stage.of()
    order = stage.buy(method=Method.PENDING).checkout
    stage.fakes.payments.settle(order.id, ChargeState.DECLINED)
    stage.fakes.clock.set(order.expires_at)
    assert run(stage).counts == {"failed": 1}
    assert stored(stage, order.id).state is OrderState.FAILED


def test_a_charge_that_was_still_on_its_way_takes_nothing() -> None:
    """The process that charges was slow; the processor was told to give up before its request arrived."""
    stage = Stage.of()
    order = stage.buy(method=Method.UNREACHABLE).checkout
    stage.fakes.clock.set(order.expires_at)
    run(stage)
    late = stage.fakes.payments.charge(order.id, order.price, Method.OK)
    assert late.state is ChargeState.DECLINED
    assert settle_payment(late, stage.fakes.services).checkout.state is OrderState.EXPIRED


def test_an_order_waits_while_the_processor_is_away() -> None:
    stage = Stage.of()
    order = stage.buy(method=Method.UNREACHABLE).checkout
    stage.fakes.clock.set(order.expires_at)
    stage.fakes.payments.is_down = True
    done = run(stage)
    assert isinstance(done.failures[order.id], UnavailableError)
    assert stored(stage, order.id).state is OrderState.PENDING
