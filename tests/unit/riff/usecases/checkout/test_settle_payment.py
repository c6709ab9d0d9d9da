from datetime import datetime, timedelta

import attrs
import pytest

from riff.domain.audit.event_catalogue import EventKind
from riff.domain.checkout.charge import Charge, ChargeState
from riff.domain.checkout.checkout import RefundState
from riff.domain.identifiers import OrderId
from riff.domain.money import Money
from riff.errors import IntegrityFailureError, NotFoundError, UnavailableError
from riff.usecases.checkout.settle_payment import return_payment, settle_payment
from riff.usecases.raffles.close_sales import CloseSales, close_sales
from riff_critical.lifecycle import OrderState
from tests.support.fakes import Method
from tests.support.stage import Stage


def pending(stage: Stage, key: str = "key-1") -> Charge:
    """The charge of an order that awaits its payment, as the processor will report its success."""
    order = stage.buy(key, Method.PENDING)
    stage.fakes.payments.settle(order.checkout.id)
    return stage.fakes.payments.charges[order.checkout.id]


def expiry(stage: Stage) -> datetime:
    """The instant at which an order opened now expires."""
    return stage.fakes.clock.now() + timedelta(seconds=stage.fakes.selling.order_expiry_s)


def test_whoever_learns_first_gives_the_numbers_and_the_others_find_them() -> None:
    stage = Stage.of()
    charge = pending(stage)
    first = settle_payment(charge, stage.fakes.services)
    assert first.checkout.state is OrderState.PAID
    assert first == settle_payment(charge, stage.fakes.services)
    assert stage.fakes.transactions.event_kinds().count(EventKind.ORDER_SOLD) == 1


@pytest.mark.parametrize("late_by", [timedelta(0), timedelta(hours=3)])
def test_a_payment_at_or_after_the_expiry_is_refunded(late_by: timedelta) -> None:
    stage = Stage.of()
    charge = pending(stage)
    stage.fakes.clock.set(expiry(stage) + late_by)
    order = settle_payment(charge, stage.fakes.services)
    assert order.ticket is None
    assert (order.checkout.state, order.checkout.refund) == (OrderState.EXPIRED, RefundState.DONE)
    assert stage.fakes.payments.refunded == [charge.id]
    assert stage.fakes.transactions.event_kinds()[-2:] == [
        EventKind.CHECKOUT_REFUND_DUE,
        EventKind.CHECKOUT_REFUNDED,
    ]


def test_a_payment_just_before_the_expiry_counts() -> None:
    stage = Stage.of()
    charge = pending(stage)
    stage.fakes.clock.set(expiry(stage) - timedelta(microseconds=1))
    assert settle_payment(charge, stage.fakes.services).checkout.state is OrderState.PAID


def test_a_payment_after_the_close_is_refunded() -> None:
    stage = Stage.of()
    charge = pending(stage)
    close_sales(CloseSales(stage.manager, stage.raffle.id, "the match ended early"), stage.fakes.services)
    order = settle_payment(charge, stage.fakes.services)
    assert RefundState.DONE is order.checkout.refund
    assert stage.fakes.payments.refunded == [charge.id]


def test_a_refund_that_fails_now_stays_owed() -> None:
    stage = Stage.of()
    charge = pending(stage)
    stage.fakes.clock.advance(hours=1)
    stage.fakes.payments.is_down = True
    order = settle_payment(charge, stage.fakes.services)
    assert RefundState.DUE is order.checkout.refund
    stage.fakes.payments.is_down = False
    assert RefundState.DONE is return_payment(order.checkout.id, charge, stage.fakes.services).refund
    assert stage.fakes.payments.refunded == [charge.id]


def test_a_success_after_a_decline_is_refunded_once() -> None:
    stage = Stage.of()
    order = stage.buy(method=Method.DECLINE)
    charge = attrs.evolve(stage.fakes.payments.charges[order.checkout.id], state=ChargeState.SUCCEEDED)
    states = [settle_payment(charge, stage.fakes.services).checkout.refund for _ in range(2)]
    assert states == [RefundState.DONE, RefundState.DONE]
    assert stage.fakes.payments.refunded == [charge.id]


def test_a_decline_after_a_success_changes_nothing() -> None:
    stage = Stage.of()
    paid = stage.buy()
    charge = attrs.evolve(stage.fakes.payments.charges[paid.checkout.id], state=ChargeState.DECLINED)
    settled = settle_payment(charge, stage.fakes.services)
    assert (settled.checkout, settled.ticket) == (paid.checkout, paid.ticket)


def test_stops_when_another_amount_was_taken() -> None:
    stage = Stage.of()
    charge = attrs.evolve(pending(stage), amount=Money(1, "CAD"))
    with pytest.raises(IntegrityFailureError):
        settle_payment(charge, stage.fakes.services)


def test_refuses_a_charge_for_an_order_that_does_not_exist() -> None:
    stage = Stage.of()
    charge = Charge("ch_1", OrderId(stage.raffle.id), Money(2000, "CAD"), ChargeState.SUCCEEDED)
    with pytest.raises(NotFoundError):
        settle_payment(charge, stage.fakes.services)


@pytest.mark.parametrize("stored", [True, False])
def test_a_commit_of_unknown_outcome_sells_once_in_the_end(*, stored: bool) -> None:
    stage = Stage.of()
    stage.buy("key-0")
    charge = pending(stage)
    stage.fakes.transactions.lose_next_commit(stored=stored)
    with pytest.raises(UnavailableError):
        settle_payment(charge, stage.fakes.services)
    order = settle_payment(charge, stage.fakes.services)
    assert order.ticket is not None
    assert (order.ticket.order.first_slot, order.ticket.order.end_slot) == (10, 20)
    following = stage.buy("key-2").ticket
    assert following is not None
    assert following.order.first_slot == 20
