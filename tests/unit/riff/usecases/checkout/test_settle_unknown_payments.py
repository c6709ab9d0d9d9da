from datetime import timedelta

import attrs
import pytest

from riff.domain.audit.event_catalogue import EventKind
from riff.domain.checkout.checkout import Checkout, RefundState
from riff.domain.identifiers import OrderId
from riff.domain.money import Money
from riff.errors import IntegrityFailureError, UnavailableError
from riff.usecases.checkout.settle_payment import settle_payment
from riff.usecases.checkout.settle_unknown_payments import SettleUnknownPayments, settle_unknown_payments
from riff_critical.lifecycle import OrderState
from tests.support.fakes import FakeRun, Method
from tests.support.stage import Stage

PATIENCE = SettleUnknownPayments().patience


def run(stage: Stage, steps: int = 1000, page: int = 2) -> FakeRun:
    """One run of the job, which reads two orders at a time."""
    done = FakeRun(steps)
    settle_unknown_payments(SettleUnknownPayments(page=page), stage.fakes.services, done)
    return done


def stored(stage: Stage, order_id: OrderId) -> Checkout:
    with stage.fakes.transactions.begin() as work:
        return work.checkouts.get(order_id)


def test_settles_a_payment_that_nobody_heard_of() -> None:
    stage = Stage.of()
    orders = [stage.buy(f"key-{n}", Method.TIMEOUT).checkout.id for n in range(5)]
    stage.fakes.clock.advance(seconds=PATIENCE.total_seconds())
    assert run(stage).counts == {"paid": 5}
    assert {stored(stage, order).state for order in orders} == {OrderState.PAID}
    assert run(stage).counts == {}


def test_leaves_the_first_word_to_browser_and_notice() -> None:
    stage = Stage.of()
    stage.buy(method=Method.TIMEOUT)
    stage.fakes.clock.set(stage.fakes.clock.now() + PATIENCE - timedelta(microseconds=1))
    assert run(stage).counts == {}


def test_leaves_alone_what_the_processor_does_not_know_yet() -> None:
    stage = Stage.of()
    stage.buy("key-1", Method.PENDING)
    stage.buy("key-2", Method.UNREACHABLE)
    stage.fakes.clock.advance(minutes=3)
    assert run(stage).counts == {"pending at the processor": 1, "without a payment": 1}


def test_a_payment_found_after_the_expiry_is_returned() -> None:
    stage = Stage.of()
    order = stage.buy(method=Method.TIMEOUT).checkout
    stage.fakes.clock.set(order.expires_at)
    assert run(stage).counts == {"expired": 1}
    assert stored(stage, order.id).refund is RefundState.DONE


def test_returns_what_is_still_owed() -> None:
    stage = Stage.of()
    order_id = _owing(stage)
    assert run(stage).counts == {"returned": 1}
    assert stored(stage, order_id).refund is RefundState.DONE
    assert stage.fakes.transactions.event_kinds().count(EventKind.CHECKOUT_REFUNDED) == 1
    assert run(stage).counts == {}


def test_settles_before_it_returns_what_is_owed() -> None:
    stage = Stage.of()
    owing = _owing(stage)
    pending = stage.buy("key-2", Method.TIMEOUT).checkout.id
    stage.fakes.clock.advance(seconds=PATIENCE.total_seconds())
    assert run(stage, steps=1).counts == {"paid": 1, "left for the next run": 1}
    assert stored(stage, pending).state is OrderState.PAID
    assert stored(stage, owing).refund is RefundState.DUE


def test_goes_on_owing_while_the_processor_is_away() -> None:
    stage = Stage.of()
    order_id = _owing(stage)
    stage.fakes.payments.is_down = True
    assert run(stage).counts == {"still owed": 1}
    assert stored(stage, order_id).refund is RefundState.DUE


def test_one_order_that_fails_stops_no_other() -> None:
    stage = Stage.of()
    broken, *others = (stage.buy(f"key-{n}", Method.TIMEOUT).checkout.id for n in range(4))
    charges = stage.fakes.payments.charges
    charges[broken] = attrs.evolve(charges[broken], amount=Money(1, "CAD"))
    stage.fakes.clock.advance(minutes=3)
    done = run(stage)
    assert done.counts == {"failed": 1, "paid": 3}
    assert isinstance(done.failures[broken], IntegrityFailureError)
    assert {stored(stage, order).state for order in others} == {OrderState.PAID}


def test_a_processor_that_is_away_is_a_failure_of_each() -> None:
    stage = Stage.of()
    order_id = stage.buy(method=Method.TIMEOUT).checkout.id
    stage.fakes.clock.advance(minutes=3)
    stage.fakes.payments.is_down = True
    done = run(stage)
    assert isinstance(done.failures[order_id], UnavailableError)


@pytest.mark.parametrize("steps", range(4))
def test_what_one_run_leaves_the_next_one_does(steps: int) -> None:
    stage = Stage.of()
    for number in range(3):
        stage.buy(f"key-{number}", Method.TIMEOUT)
    stage.fakes.clock.advance(minutes=3)
    first, second = run(stage, steps), run(stage)
    assert first.counts["paid"] + second.counts["paid"] == 3
    assert stage.fakes.transactions.event_kinds().count(EventKind.ORDER_SOLD) == 3


def _owing(stage: Stage) -> OrderId:
    """An order whose money could not be returned when it was found to be owed back."""
    order = stage.buy(method=Method.PENDING).checkout
    stage.fakes.payments.settle(order.id)
    stage.fakes.clock.set(order.expires_at)
    stage.fakes.payments.is_down = True
    settle_payment(stage.fakes.payments.charges[order.id], stage.fakes.services)
    stage.fakes.payments.is_down = False
    return order.id
