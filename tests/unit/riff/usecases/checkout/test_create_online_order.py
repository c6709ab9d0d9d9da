from datetime import timedelta

import attrs
import pytest

from riff.domain.audit.event_catalogue import EventKind
from riff.domain.checkout.checkout import Failure, RefundState, RequestKey
from riff.domain.identifiers import PackageId
from riff.errors import (
    KeyReusedError,
    NotFoundError,
    PackageNotOnSaleError,
    PriceChangedError,
    SalesClosedError,
    UnavailableError,
)
from riff_critical.lifecycle import OrderState, RaffleState
from riff_critical.selling import Channel
from tests.support.builders import a_package, a_raffle
from tests.support.fakes import NOON, Method
from tests.support.stage import Stage


def test_a_paid_order_has_its_numbers_and_a_validation_number() -> None:
    stage = Stage.of()
    order = stage.buy()
    assert order.checkout.state is OrderState.PAID
    assert order.ticket is not None
    assert order.ticket.numbers == tuple(range(1, 11))
    assert len(order.ticket.validation_number.replace("-", "")) == 12
    assert order.ticket.order.price == order.checkout.price


def test_orders_take_adjoining_runs() -> None:
    stage = Stage.of()
    runs = [stage.buy(f"key-{n}").ticket for n in range(3)]
    assert [(t.order.first_slot, t.order.end_slot) for t in runs if t] == [(0, 10), (10, 20), (20, 30)]


def test_the_same_request_is_one_order_and_one_charge() -> None:
    stage = Stage.of()
    first, second = stage.buy(), stage.buy()
    assert first == second
    assert len(stage.fakes.payments.charges) == 1
    assert stage.fakes.transactions.event_kinds().count(EventKind.ORDER_SOLD) == 1


def test_five_retries_after_a_timeout_make_one_charge_and_one_order() -> None:
    stage = Stage.of()
    orders = [stage.buy(method=Method.TIMEOUT) for _ in range(6)]
    assert [order.checkout.state for order in orders] == [OrderState.PENDING] + [OrderState.PAID] * 5
    assert len({order.checkout.id for order in orders}) == 1
    assert len(stage.fakes.payments.charges) == 1


def test_a_retry_after_the_close_is_told_of_the_order_it_made() -> None:
    stage = Stage.of()
    first = stage.buy()
    stage.fakes.clock.set(stage.raffle.window.closes_at)
    assert first == stage.buy()


def test_refuses_a_key_with_another_request() -> None:
    stage = Stage.of()
    stage.buy()
    other = attrs.evolve(stage.order().request, digest=b"e" * 32)
    with pytest.raises(KeyReusedError):
        stage.buy(request=other)
    assert len(stage.fakes.payments.charges) == 1


def test_another_buyer_may_choose_the_same_key() -> None:
    stage = Stage.of()
    mine = stage.buy()
    theirs = stage.buy(request=RequestKey("create_online_order customer:c-1", "key-1", b"d" * 32))
    assert mine.checkout.id != theirs.checkout.id


def test_a_declined_payment_leaves_a_failed_order_without_numbers() -> None:
    stage = Stage.of()
    order = stage.buy(method=Method.DECLINE)
    assert (order.checkout.state, order.checkout.failure) == (OrderState.FAILED, Failure.DECLINED)
    assert order.ticket is None
    assert stage.fakes.transactions.event_kinds() == [
        EventKind.CHECKOUT_OPENED,
        EventKind.CHECKOUT_DECLINED,
    ]


def test_an_unknown_payment_method_fails_the_order_and_takes_nothing() -> None:
    stage = Stage.of()
    first, again = stage.buy(method="seashells"), stage.buy(method="seashells")
    assert (first.checkout.state, first.checkout.failure) == (OrderState.FAILED, Failure.METHOD_UNKNOWN)
    assert first == again
    assert stage.fakes.payments.charges == {}
    assert stage.fakes.transactions.event_kinds() == [
        EventKind.CHECKOUT_OPENED,
        EventKind.CHECKOUT_DECLINED,
    ]


def test_a_retry_after_the_expiry_takes_nothing_more() -> None:
    stage = Stage.of()
    first = stage.buy(method=Method.UNREACHABLE)
    stage.fakes.clock.set(first.checkout.expires_at)
    assert stage.buy(method=Method.UNREACHABLE).checkout == first.checkout
    assert stage.fakes.payments.charge_calls == 1


def test_the_browser_gets_what_it_needs_to_go_on_with_a_pending_payment() -> None:
    stage = Stage.of()
    order = stage.buy(method=Method.ACTION)
    assert (order.checkout.state, order.client_secret) == (OrderState.PENDING, f"{order.checkout.id}_secret")
    assert stage.buy(method=Method.ACTION) == order


def test_an_order_stays_pending_while_its_payment_is_pending() -> None:
    order = Stage.of().buy(method=Method.PENDING)
    assert (order.checkout.state, order.ticket) == (OrderState.PENDING, None)


@pytest.mark.parametrize(
    "state", [state for state in RaffleState if state is not RaffleState.ACTIVE], ids=lambda s: s.value
)
def test_refuses_a_sale_in_any_state_but_active(state: RaffleState) -> None:
    stage = Stage.of(a_raffle().in_state(state))
    with pytest.raises(SalesClosedError):
        stage.buy()
    assert stage.fakes.transactions.events() == []


@pytest.mark.parametrize(
    ("offset", "sells"),
    [
        (timedelta(microseconds=-1), False),
        (timedelta(0), True),
        (timedelta(hours=1, microseconds=-1), True),
        (timedelta(hours=1), False),
    ],
)
def test_the_window_sells_from_its_opening_to_just_before_its_close(
    *, offset: timedelta, sells: bool
) -> None:
    stage = Stage.of(a_raffle().active().on_sale(NOON, NOON + timedelta(hours=1)))
    stage.fakes.clock.set(NOON + offset)
    if sells:
        assert stage.buy().checkout.state is OrderState.PAID
    else:
        with pytest.raises(SalesClosedError):
            stage.buy()


def test_refuses_a_package_that_is_not_sold_online() -> None:
    stage = Stage.of(a_raffle().active().with_packages(a_package(channels=frozenset({Channel.RESERVE}))))
    with pytest.raises(PackageNotOnSaleError):
        stage.buy()


def test_refuses_a_package_of_another_raffle() -> None:
    stage = Stage.of()
    with pytest.raises(NotFoundError):
        stage.buy(package_id=PackageId(stage.raffle.id))


def test_refuses_to_charge_when_the_database_loses_the_order() -> None:
    stage = Stage.of()
    command = stage.order()
    stage.fakes.transactions.lose_next_commit(stored=False)
    with pytest.raises(UnavailableError):
        stage.buy(request=command.request)
    assert stage.fakes.payments.charges == {}
    assert stage.buy(request=command.request).checkout.state is OrderState.PAID


def test_money_is_owed_back_when_no_numbers_are_left() -> None:
    stage = Stage.of(a_raffle().active().with_slots(online=15))
    assert stage.buy("key-1").checkout.state is OrderState.PAID
    order = stage.buy("key-2")
    assert (order.checkout.state, order.checkout.refund) == (OrderState.EXPIRED, RefundState.DONE)
    assert stage.fakes.payments.refunded == [order.checkout.charge_id]


def test_a_random_numbering_gives_every_number_once() -> None:
    stage = Stage.of(a_raffle().active().with_slots(online=50).randomly_numbered())
    tickets = [stage.buy(f"key-{n}").ticket for n in range(5)]
    numbers = [number for ticket in tickets if ticket for number in ticket.numbers]
    assert len(numbers) == len(set(numbers)) == 50


def test_buys_at_the_price_that_the_buyer_saw_and_at_no_other() -> None:
    stage = Stage.of()
    with pytest.raises(PriceChangedError) as caught:
        stage.buy("key-1", seen_price_minor=1999)
    assert caught.value.facts == {"price": 2000}
    assert stage.fakes.payments.charges == {}
    assert stage.buy("key-2", seen_price_minor=2000).checkout.state is OrderState.PAID
