from datetime import timedelta

import attrs
import pytest

from riff.domain.accounts.actor import GUEST, Actor, ActorKind
from riff.domain.checkout.checkout import Buyer, Checkout
from riff.domain.raffles.profile import RuleProfile
from riff.domain.raffles.purchase_limit import LimitWindow, PurchaseLimit
from riff.domain.sales.allowance import Allowance
from riff.errors import PurchaseLimitReachedError, SalesCapReachedError, StockExhaustedError
from riff.usecases.checkout.reservation import given_back
from riff.usecases.sales.void_order import VoidOrder, void_order
from riff_critical.lifecycle import OrderState
from tests.support.builders import a_package, a_raffle
from tests.support.fakes import PERMISSIVE, Method
from tests.support.stage import Stage

PACKAGE = a_package(10, 2000, stock=2)


def under(*limits: PurchaseLimit) -> RuleProfile:
    return attrs.evolve(PERMISSIVE, purchase_limits=limits)


def limited() -> Stage:
    return Stage.of(a_raffle().active().with_packages(PACKAGE).capped(4000))


def counted(stage: Stage) -> Allowance:
    with stage.fakes.transactions.begin() as work:
        return work.allowances.lock(stage.raffle.id, PACKAGE.id)


def test_an_order_holds_its_part_while_it_is_pending_and_keeps_it_when_it_is_paid() -> None:
    stage = limited()
    assert stage.buy("key-1", Method.PENDING).checkout.reserved
    assert stage.buy("key-2").checkout.reserved
    assert counted(stage) == Allowance(stock=2, sold=2, cap_minor=4000, valid_minor=4000)
    with pytest.raises(StockExhaustedError):
        stage.buy("key-3")
    assert "key-3" not in {order.request.key for order in stage.fakes.transactions.tables.checkouts.values()}
    assert len(stage.fakes.payments.charges) == 2


@pytest.mark.parametrize("method", [Method.DECLINE, "seashells"])
def test_an_order_that_fails_gives_its_part_back(method: str) -> None:
    stage = limited()
    order = stage.buy(method=method).checkout
    assert (order.state, order.reserved) == (OrderState.FAILED, False)
    assert counted(stage).sold == counted(stage).valid_minor == 0


def test_gives_back_once() -> None:
    stage = limited()
    order = stage.buy(method=Method.PENDING).checkout
    with stage.fakes.transactions.begin() as work:
        returned = given_back(order, work)
        assert given_back(returned, work) is returned
    assert counted(stage).sold == 0


def test_an_order_without_limits_holds_nothing() -> None:
    stage = Stage.of()
    order = stage.buy().checkout
    assert (order.reserved, order.buyer_key) == (False, None)
    assert stage.fakes.transactions.tables.allowances == {}


def test_a_void_gives_the_cap_room_and_the_stock_none() -> None:
    stage = Stage.of(a_raffle().active().with_packages(attrs.evolve(PACKAGE, stock=3)).capped(2000))
    order = stage.buy("key-1").checkout
    with pytest.raises(SalesCapReachedError):
        stage.buy("key-2")
    void_order(VoidOrder(stage.manager, order.id, "bought twice"), stage.fakes.services)
    stage.buy("key-3")
    assert counted(stage).sold == 2


def buy(stage: Stage, key: str, email: str = "robin@example.org", name: str | None = None) -> Checkout:
    actor = GUEST if name is None else Actor(ActorKind.CUSTOMER, name)
    return stage.buy(key, buyer=Buyer("Robin", email), actor=actor).checkout


def test_one_buyer_is_one_however_the_address_is_spelt() -> None:
    limit = PurchaseLimit(window=LimitWindow.RAFFLE, numbers=20)
    stage = Stage.of(a_raffle().active().under(under(limit)))
    buy(stage, "key-1", "Robin@Example.org")
    buy(stage, "key-2", "robin+second@example.ORG")
    with pytest.raises(PurchaseLimitReachedError) as caught:
        buy(stage, "key-3", " robin@example.org")
    assert caught.value.facts == {"window": "raffle", "most_numbers": 20}
    buy(stage, "key-4", "kim@example.org")


def test_a_customer_is_known_by_name_whatever_address_is_given() -> None:
    limit = PurchaseLimit(window=LimitWindow.RAFFLE, amount_minor=3999)
    stage = Stage.of(a_raffle().active().under(under(limit)))
    buy(stage, "key-1", "robin@example.org", "customer-1")
    with pytest.raises(PurchaseLimitReachedError):
        buy(stage, "key-2", "other@example.org", "customer-1")
    buy(stage, "key-3", "robin@example.org", "customer-2")


def test_every_limit_holds_in_its_own_window() -> None:
    limits = (
        PurchaseLimit(window=LimitWindow.ROLLING, hours=1, numbers=10),
        PurchaseLimit(window=LimitWindow.RAFFLE, numbers=20),
    )
    stage = Stage.of(a_raffle().active().under(under(*limits)))
    buy(stage, "key-1")
    stage.fakes.clock.advance(seconds=3599)
    with pytest.raises(PurchaseLimitReachedError):
        buy(stage, "key-2")
    stage.fakes.clock.advance(seconds=1)
    buy(stage, "key-3")
    stage.fakes.clock.advance(hours=5)
    with pytest.raises(PurchaseLimitReachedError) as caught:
        buy(stage, "key-4")
    assert caught.value.facts["window"] == "raffle"


def test_failed_and_voided_orders_do_not_count() -> None:
    limit = PurchaseLimit(window=LimitWindow.RAFFLE, numbers=10)
    stage = Stage.of(a_raffle().active().under(under(limit)))
    stage.buy("key-1", Method.DECLINE)
    order = stage.buy("key-2").checkout
    void_order(VoidOrder(stage.manager, order.id, "bought twice"), stage.fakes.services)
    stage.buy("key-3")
    with pytest.raises(PurchaseLimitReachedError):
        stage.buy("key-4")


def test_a_purchase_that_another_clock_dates_later_counts() -> None:
    limit = PurchaseLimit(window=LimitWindow.RAFFLE, numbers=10)
    stage = Stage.of(a_raffle().active().under(under(limit)))
    stage.buy("key-1")
    stage.fakes.clock.advance(seconds=-3)
    with pytest.raises(PurchaseLimitReachedError):
        stage.buy("key-2")


def test_a_retry_hears_of_its_own_order_and_of_no_limit() -> None:
    limit = PurchaseLimit(window=LimitWindow.RAFFLE, numbers=10)
    stage = Stage.of(a_raffle().active().with_packages(attrs.evolve(PACKAGE, stock=1)).under(under(limit)))
    first = stage.buy("key-1")
    stage.fakes.clock.advance(minutes=1)
    assert stage.buy("key-1") == first
    assert first.checkout.expires_at - first.checkout.opened_at == timedelta(minutes=15)
