"""Lists of what is due."""

from datetime import datetime, timedelta

import attrs

from riff.domain.checkout.checkout import Checkout, RefundState
from riff.domain.raffles.raffle import Raffle
from riff.domain.sales.sold_order import OrderVoid
from riff.ports.pages import JobPosition, Page
from riff_critical.lifecycle import OrderState, RaffleState
from riff_critical.selling import Channel
from tests.support.builders import a_checkout, a_raffle, a_sale
from tests.support.contracts import Stores
from tests.support.fakes import NOON

HOUR = timedelta(hours=1)
# Tests share one database: each of them looks at a time of its own, before which nothing else lies.
_ERAS = iter(range(1, 1000))


def _an_era() -> timedelta:
    return timedelta(days=-1000 * next(_ERAS))


def _opened(stores: Stores, *checkouts: Checkout) -> list[JobPosition]:
    with stores.critical.begin() as work:
        for checkout in checkouts:
            work.checkouts.open(checkout)
            work.checkouts.update(checkout)
    return [JobPosition(checkout.opened_at, checkout.id) for checkout in checkouts]


class DueStoreContract:
    def test_lists_pending_orders_of_some_age_by_their_opening(self, stores: Stores) -> None:
        raffle, start = stores.raffle(), NOON + _an_era()
        second, first, young, paid = (
            a_checkout(raffle.id, start + timedelta(minutes=minutes)) for minutes in (2, 1, 4, 1)
        )
        concluded = attrs.evolve(paid, state=OrderState.PAID, concluded_at=start)
        places = _opened(stores, second, first, young, concluded)
        with stores.critical.begin() as work:
            page = work.due.unsettled(second.opened_at, None, 1)
            assert page == Page((places[1],), more=True)
            assert work.due.unsettled(second.opened_at, page.items[0], 1) == Page((places[0],), more=False)
            assert work.due.unsettled(second.opened_at, places[0], 5) == Page((), more=False)

    def test_lists_pending_orders_that_have_expired(self, stores: Stores) -> None:
        raffle, start = stores.raffle(), NOON + _an_era()
        short = a_checkout(raffle.id, start + timedelta(minutes=1), expires_at=start + timedelta(minutes=2))
        long = a_checkout(raffle.id, start, expires_at=start + HOUR)
        places = _opened(stores, short, long)
        with stores.critical.begin() as work:
            just_before = short.expires_at - timedelta(microseconds=1)
            assert work.due.expired(just_before, None, 9).items == ()
            assert work.due.expired(short.expires_at, None, 9).items == (places[0],)
            assert work.due.expired(long.expires_at, None, 9).items == (places[1], places[0])

    def test_lists_orders_whose_money_is_owed_back(self, stores: Stores) -> None:
        raffle, at = stores.raffle(), NOON + _an_era()
        owing, done = (
            a_checkout(
                raffle.id,
                at,
                state=OrderState.EXPIRED,
                charge_id="ch_1",
                refund=refund,
                concluded_at=at + timedelta(minutes=minutes),
            )
            for refund, minutes in ((RefundState.DUE, 2), (RefundState.DONE, 1))
        )
        _opened(stores, owing, done)
        with stores.critical.begin() as work:
            (found,) = work.due.owing(JobPosition(at, done.id), 1).items
        assert found == JobPosition(at + timedelta(minutes=2), owing.id)

    def test_lists_a_raffle_from_its_opening_until_that_is_on_record(self, stores: Stores) -> None:
        start = NOON + _an_era()
        raffle = _on_sale(stores, start)
        with stores.critical.begin() as work:
            assert work.due.to_open(start - timedelta(microseconds=1), None, 9).items == ()
            assert work.due.to_open(start, None, 9).items == (JobPosition(start, raffle.id),)
            assert work.due.record_opening(raffle.id, start)
            assert not work.due.record_opening(raffle.id, start)
            assert work.due.to_open(start, None, 9).items == ()

    def test_lists_a_raffle_from_its_close_until_it_is_closed(self, stores: Stores) -> None:
        start = NOON + _an_era()
        raffle = _on_sale(stores, start)
        closes_at = start + HOUR
        for state in (RaffleState.ACTIVE, RaffleState.SUSPENDED):
            _put(stores, raffle, state)
            with stores.critical.begin() as work:
                assert work.due.to_close(closes_at - timedelta(microseconds=1), None, 9).items == ()
                assert work.due.to_close(closes_at, None, 9).items == (JobPosition(closes_at, raffle.id),)
        _put(stores, raffle, RaffleState.SALES_CLOSED)
        with stores.critical.begin() as work:
            assert work.due.to_close(closes_at, None, 9).items == ()

    def test_lists_blocks_of_cancelled_raffles_until_nothing_in_them_is_valid(self, stores: Stores) -> None:
        raffle, closed_at = stores.raffle(), NOON + _an_era()
        online = stores.lease(raffle)
        unit = stores.lease(raffle, "unit-1", channel=Channel.SALES_UNIT)
        with stores.critical.begin() as work:
            first, after = a_sale(work, online)
            second, _ = a_sale(work, after)
            a_sale(work, unit)
            assert work.due.cancelled(None, 9).items == ()
        with stores.critical.begin() as work:
            cancelled = attrs.evolve(raffle, state=RaffleState.CANCELLED, closed_at=closed_at)
            work.raffles.update(cancelled)
            assert work.due.cancelled(None, 9).items == (JobPosition(closed_at, online.id),)
            assert work.due.valid_orders(online.id) == (first.id, second.id)
            for number, order in enumerate((first, second), start=1):
                work.orders.void(order, OrderVoid(order.id, "no match", "system:schedule", NOON))
                assert len(work.due.valid_orders(online.id)) == 2 - number
            assert work.due.cancelled(None, 9).items == ()


def _on_sale(stores: Stores, start: datetime) -> Raffle:
    return stores.raffle(a_raffle().active().on_sale(start, start + HOUR))


def _put(stores: Stores, raffle: Raffle, state: RaffleState) -> None:
    with stores.critical.begin() as work:
        work.raffles.update(attrs.evolve(work.raffles.lock(raffle.id), state=state))
