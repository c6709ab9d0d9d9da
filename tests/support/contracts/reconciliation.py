"""The contract of `ReconciliationStore`."""

from datetime import timedelta

import attrs
import pytest

from riff.domain.reconciliation.accounts import (
    Acknowledgement,
    CashCount,
    Confirmation,
    RangeBalance,
    UnitAccount,
    UnknownPayments,
    VoidAccount,
    WriteOff,
)
from riff.domain.reconciliation.refusals import AlreadyWrittenOffError
from riff.domain.sales.attended_sale import Tender
from riff.domain.sales.sold_order import OrderVoid
from riff.domain.units.void_request import VoidRequest
from riff_critical.lifecycle import OrderState
from riff_critical.selling import Channel
from tests.support.builders import a_checkout
from tests.support.contracts import Stores
from tests.support.contracts.units import attended, enrolled
from tests.support.fakes import NOON

LATER = NOON + timedelta(hours=1)


class ReconciliationStoreContract:
    def test_accounts_for_every_enrolment(self, stores: Stores) -> None:
        raffle = stores.raffle()
        unit, enrolment = enrolled(stores, raffle)
        decision = WriteOff(enrolment.id, "it was stolen", "staff:kim", LATER)
        with stores.reader.begin() as work:
            (before,) = work.reconciliation.units(raffle.id)
        with stores.critical.begin() as work:
            work.units.close(enrolment.id, LATER)
            work.reconciliation.write_off(decision)
            with pytest.raises(AlreadyWrittenOffError):
                work.reconciliation.write_off(decision)
        with stores.reader.begin() as work:
            after = work.reconciliation.units(raffle.id)
        assert before == UnitAccount(enrolment.id, unit.id, unit.label, unit.state, None, None)
        assert after == (attrs.evolve(before, closed_at=LATER, write_off=decision),)

    def test_counts_payments_of_unknown_outcome(self, stores: Stores) -> None:
        raffle = stores.raffle()
        failed = a_checkout(raffle.id, state=OrderState.PENDING)
        with stores.critical.begin() as work:
            assert work.reconciliation.payments(raffle.id) == UnknownPayments()
            work.checkouts.open(a_checkout(raffle.id))
            work.checkouts.open(failed)
        with stores.critical.begin() as work:
            work.checkouts.update(attrs.evolve(failed, state=OrderState.FAILED, concluded_at=NOON))
        with stores.reader.begin() as work:
            assert work.reconciliation.payments(raffle.id) == UnknownPayments(1, 2000)

    def test_counts_voids_and_open_requests(self, stores: Stores) -> None:
        raffle = stores.raffle()
        _, enrolment = enrolled(stores, raffle)
        words = [Acknowledgement(voids, 1, "staff:kim", LATER) for voids in (0, 1)]
        with stores.critical.begin() as work:
            assert work.reconciliation.voids(raffle.id) == VoidAccount(0, (), None)
            orders = [attended(work, raffle, enrolment, Tender.CASH) for _ in range(3)]
            asked = [VoidRequest(order.id, raffle.id, enrolment.id, "r", NOON) for order in orders[:2]]
            for request in asked:
                work.units.request_void(request)
            work.orders.void(orders[0], OrderVoid(orders[0].id, "r", "staff:kim", NOON))
            for word in words:
                work.reconciliation.acknowledge_voids(raffle.id, word)
        with stores.reader.begin() as work:
            assert work.reconciliation.voids(raffle.id) == VoidAccount(1, (asked[1],), words[1])

    def test_adds_up_the_number_space(self, stores: Stores) -> None:
        raffle = stores.raffle()
        _, enrolment = enrolled(stores, raffle)
        with stores.critical.begin() as work:
            orders = [attended(work, raffle, enrolment, Tender.CASH) for _ in range(3)]
            work.orders.void(orders[0], OrderVoid(orders[0].id, "r", "staff:kim", NOON))
        with stores.reader.begin() as work:
            ranges = work.reconciliation.ranges(raffle.id)
        assert [part.channel for part in ranges] == [Channel.ONLINE, Channel.SALES_UNIT, Channel.RESERVE]
        assert ranges[1] == RangeBalance(
            Channel.SALES_UNIT,
            slots=100_000,
            issued=1000,
            cut=1000,
            valid=20,
            voided=10,
            unsold=970,
            ordered=30,
            amount_minor=6000,
            ordered_minor=6000,
            unbalanced_blocks=0,
        )
        assert all(part.balances for part in ranges)

    def test_keeps_every_count_and_every_confirmation(self, stores: Stores) -> None:
        raffle = stores.raffle()
        counts = [
            CashCount(raffle.id, "staff:kim", 1, 4000, 3000, "a note was missing", "staff:lee", NOON),
            CashCount(raffle.id, "staff:kim", 2, 4000, 4000, None, "staff:lee", LATER),
        ]
        words = [Confirmation(b"f" * 32, "staff:kim", NOON), Confirmation(b"g" * 32, "staff:kim", LATER)]
        with stores.critical.begin() as work:
            for count in counts:
                work.reconciliation.count_cash(count)
            for word in words:
                work.reconciliation.confirm(raffle.id, word)
        with stores.reader.begin() as work:
            assert work.reconciliation.cash_counts(raffle.id) == tuple(counts)
            assert work.reconciliation.confirmations(raffle.id) == tuple(words)
