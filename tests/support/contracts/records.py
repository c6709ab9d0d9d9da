"""The contracts of `CheckoutStore`, `EventStore`, `CommandStore`, `StaffStore` and `Transactions`."""

import hashlib
from datetime import timedelta
from uuid import uuid4

import attrs
import pytest

from riff.domain.accounts.actor import Grant
from riff.domain.audit.event_catalogue import EventKind
from riff.domain.audit.significant_event import StreamHead, next_event
from riff.domain.checkout.charge import AdmittedNotice
from riff.domain.checkout.checkout import RefundState, RequestKey
from riff.domain.identifiers import OrderId, StreamId
from riff.domain.raffles.purchase_limit import Purchase
from riff.errors import IntegrityFailureError, KeyReusedError, NotFoundError
from riff.ports.replies import StoredReply
from riff_critical.lifecycle import OrderState
from tests.support.builders import a_checkout, a_staff_member
from tests.support.contracts import Stores, undone
from tests.support.fakes import NOON


def a_request(body: bytes = b"{}") -> RequestKey:
    return RequestKey("void_order:staff:kim", str(uuid4()), hashlib.sha256(body).digest())


class CheckoutStoreContract:
    def test_gives_an_order_as_it_was_opened(self, stores: Stores) -> None:
        checkout = a_checkout(stores.raffle().id)
        with stores.critical.begin() as work:
            assert work.checkouts.open(checkout) == checkout
        with stores.critical.begin() as work:
            assert work.checkouts.get(checkout.id) == checkout
            assert work.checkouts.lock(checkout.id) == checkout
            assert work.checkouts.opened_by(checkout.request) == checkout

    def test_refuses_an_unknown_order(self, stores: Stores) -> None:
        with stores.critical.begin() as work:
            with pytest.raises(NotFoundError):
                work.checkouts.get(OrderId(uuid4()))
            with pytest.raises(NotFoundError):
                work.checkouts.lock(OrderId(uuid4()))
            assert work.checkouts.opened_by(a_request()) is None

    def test_opens_one_order_per_request(self, stores: Stores) -> None:
        first = a_checkout(stores.raffle().id)
        retry = attrs.evolve(first, id=OrderId(uuid4()), opened_at=NOON + timedelta(seconds=1))
        with stores.critical.begin() as work:
            work.checkouts.open(first)
        with stores.critical.begin() as work:
            assert work.checkouts.open(retry) == first
            with pytest.raises(NotFoundError):
                work.checkouts.get(retry.id)

    def test_refuses_a_key_with_another_request(self, stores: Stores) -> None:
        first = a_checkout(stores.raffle().id)
        request = attrs.evolve(first.request, digest=b"e" * 32)
        other = attrs.evolve(first, id=OrderId(uuid4()), request=request)
        with stores.critical.begin() as work:
            work.checkouts.open(first)
        with stores.critical.begin() as work:
            with pytest.raises(KeyReusedError):
                work.checkouts.open(other)
            with pytest.raises(KeyReusedError):
                work.checkouts.opened_by(request)

    def test_takes_the_same_key_from_another_buyer(self, stores: Stores) -> None:
        first = a_checkout(stores.raffle().id)
        request = attrs.evolve(first.request, scope="create_online_order:customer:2")
        other = attrs.evolve(first, id=OrderId(uuid4()), request=request)
        with stores.critical.begin() as work:
            assert [first, other] == [work.checkouts.open(first), work.checkouts.open(other)]

    def test_stores_how_an_order_ended_and_nothing_else(self, stores: Stores) -> None:
        checkout = a_checkout(stores.raffle().id)
        ended = attrs.evolve(
            checkout,
            state=OrderState.EXPIRED,
            charge_id="ch_1",
            refund=RefundState.DUE,
            concluded_at=NOON,
        )
        with stores.critical.begin() as work:
            work.checkouts.open(checkout)
            work.checkouts.update(attrs.evolve(ended, numbers=99))
        with stores.critical.begin() as work:
            assert work.checkouts.get(checkout.id) == ended

    def test_admits_a_notice_once(self, stores: Stores) -> None:
        checkout = a_checkout(stores.raffle().id)
        notice = AdmittedNotice(str(uuid4()), checkout.id, "succeeded", NOON)
        with stores.critical.begin() as work:
            work.checkouts.open(checkout)
            assert work.checkouts.admit_notice(notice)
        with stores.critical.begin() as work:
            assert not work.checkouts.admit_notice(attrs.evolve(notice, told="declined"))
        with stores.reader.begin() as work:
            assert work.checkouts.notices(checkout.id) == (notice,)

    def test_gives_the_notices_of_an_order_oldest_first(self, stores: Stores) -> None:
        checkout, other = (a_checkout(stores.raffle().id) for _ in range(2))
        late, early, foreign = (
            AdmittedNotice(str(uuid4()), order.id, "pending", NOON + timedelta(seconds=seconds))
            for order, seconds in ((checkout, 9), (checkout, 1), (other, 5))
        )
        with stores.critical.begin() as work:
            for order in (checkout, other):
                work.checkouts.open(order)
            for notice in (late, early, foreign):
                assert work.checkouts.admit_notice(notice)
            assert work.checkouts.notices(checkout.id) == (early, late)

    def test_an_order_without_numbers_holds_no_reservation(self, stores: Stores) -> None:
        checkout = a_checkout(stores.raffle().id, reserved=True)
        failed = attrs.evolve(checkout, state=OrderState.FAILED, concluded_at=NOON)
        with stores.critical.begin() as work:
            work.checkouts.open(checkout)
        with pytest.raises(IntegrityFailureError), stores.critical.begin() as work:
            work.checkouts.update(failed)
        with stores.critical.begin() as work:
            work.checkouts.update(attrs.evolve(failed, reserved=False))
            assert work.checkouts.get(checkout.id) == attrs.evolve(failed, reserved=False)

    def test_gives_the_other_orders_of_a_buyer_that_count(self, stores: Stores) -> None:
        raffle, buyer = stores.raffle(), uuid4().bytes * 2
        later = NOON + timedelta(seconds=1)
        wanted = a_checkout(raffle.id, buyer_key=buyer)
        others = [
            a_checkout(raffle.id, buyer_key=buyer, opened_at=NOON - timedelta(days=1)),
            a_checkout(raffle.id, later, buyer_key=buyer, state=OrderState.PAID, concluded_at=later),
            a_checkout(raffle.id, buyer_key=buyer, state=OrderState.EXPIRED, concluded_at=NOON),
            a_checkout(raffle.id, buyer_key=buyer, state=OrderState.FAILED, concluded_at=NOON),
            a_checkout(raffle.id, buyer_key=buyer, state=OrderState.VOIDED, concluded_at=NOON),
            a_checkout(raffle.id, buyer_key=b"o" * 32),
            a_checkout(raffle.id),
            a_checkout(stores.raffle().id, buyer_key=buyer),
        ]
        with stores.critical.begin() as work:
            for checkout in (wanted, *others):
                work.checkouts.open(checkout)
            made = work.checkouts.purchases_beside(wanted)
        assert set(made) == {Purchase(NOON - timedelta(days=1), 10, 2000), Purchase(NOON, 10, 2000)}


class EventStoreContract:
    def test_chains_events_per_stream(self, stores: Stores) -> None:
        stream, other = StreamId(uuid4()), StreamId(uuid4())
        with stores.business.begin() as work:
            first = work.events.append(stream, EventKind.RAFFLE_CREATED, NOON, "staff:kim", {"event": 1})
            work.events.append(other, EventKind.RAFFLE_CREATED, NOON, "staff:kim", {})
        with stores.critical.begin() as work:
            second = work.events.append(stream, EventKind.SALES_CLOSED, NOON, "staff:lee", {"reason": None})
        expected = next_event(first, stream, EventKind.SALES_CLOSED, NOON, "staff:lee", {"reason": None})
        assert second == expected.head
        assert (first.sequence, second.sequence) == (1, 2)

    def test_gives_the_last_event_of_a_stream(self, stores: Stores) -> None:
        stream = StreamId(uuid4())
        head = StreamHead()
        with stores.reader.begin() as work:
            assert work.events.last(stream) is None
        for number in range(2):
            with stores.business.begin() as work:
                work.events.append(stream, EventKind.RAFFLE_CREATED, NOON, "staff:kim", {"event": number})
            with stores.reader.begin() as work:
                facts = {"event": number}
                expected = next_event(head, stream, EventKind.RAFFLE_CREATED, NOON, "staff:kim", facts)
                assert work.events.last(stream) == expected
            head = expected.head

    def test_forgets_the_event_of_a_change_that_failed(self, stores: Stores) -> None:
        stream = StreamId(uuid4())
        with undone(stores.business) as work:
            work.events.append(stream, EventKind.RAFFLE_CREATED, NOON, "staff:kim", {})
        with stores.business.begin() as work:
            assert work.events.append(stream, EventKind.RAFFLE_CREATED, NOON, "staff:kim", {}).sequence == 1


class CommandStoreContract:
    def test_gives_the_stored_answer_again(self, stores: Stores) -> None:
        request, reply = a_request(), StoredReply(201, '{"id": "é"}', "/orders/1")
        with stores.business.begin() as work:
            assert work.commands.claim(request, NOON) is None
            work.commands.answer(request, reply)
        with stores.critical.begin() as work:
            assert work.commands.claim(request, NOON) == reply

    def test_refuses_a_key_with_another_request(self, stores: Stores) -> None:
        request = a_request()
        with stores.business.begin() as work:
            work.commands.claim(request, NOON)
            work.commands.answer(request, StoredReply(200, "{}"))
        with stores.business.begin() as work, pytest.raises(KeyReusedError):
            work.commands.claim(attrs.evolve(request, digest=b"e" * 32), NOON)

    def test_frees_the_key_of_a_command_that_failed(self, stores: Stores) -> None:
        request = a_request()
        with undone(stores.business) as work:
            work.commands.claim(request, NOON)
            work.commands.answer(request, StoredReply(200, "{}"))
        with stores.business.begin() as work:
            assert work.commands.claim(request, NOON) is None

    def test_keeps_scopes_apart(self, stores: Stores) -> None:
        request = a_request()
        with stores.business.begin() as work:
            work.commands.claim(request, NOON)
            work.commands.answer(request, StoredReply(200, "{}"))
            assert work.commands.claim(attrs.evolve(request, scope="void_order:staff:lee"), NOON) is None


class StaffStoreContract:
    def test_finds_a_member_with_grants(self, stores: Stores) -> None:
        member = a_staff_member("raffle_manager", stores.organization().id)
        stores.add_staff(member)
        for transactions in (stores.reader, stores.business, stores.critical):
            with transactions.begin() as work:
                assert work.staff.find(member.subject) == member

    def test_finds_a_grant_in_all_organizations(self, stores: Stores) -> None:
        member = a_staff_member("super_admin")
        stores.add_staff(member)
        with stores.reader.begin() as work:
            found = work.staff.find(member.subject)
        assert found is not None
        assert found.grants == (Grant("super_admin", None),)

    def test_finds_a_member_without_grants(self, stores: Stores) -> None:
        member = attrs.evolve(a_staff_member(), grants=())
        stores.add_staff(member)
        with stores.reader.begin() as work:
            assert work.staff.find(member.subject) == member

    def test_finds_nobody_else(self, stores: Stores) -> None:
        with stores.reader.begin() as work:
            assert work.staff.find("nobody") is None


class TransactionsContract:
    def test_takes_part_in_the_transaction_that_is_open(self, stores: Stores) -> None:
        checkout = a_checkout(stores.raffle().id)
        with undone(stores.critical), stores.critical.begin() as inner:
            inner.checkouts.open(checkout)
        with stores.critical.begin() as work, pytest.raises(NotFoundError):
            work.checkouts.get(checkout.id)

    def test_undoes_an_inner_block_alone(self, stores: Stores) -> None:
        raffle = stores.raffle()
        kept, dropped = a_checkout(raffle.id), a_checkout(raffle.id)
        with stores.critical.begin() as work:
            work.checkouts.open(kept)
            with undone(stores.critical) as inner:
                inner.checkouts.open(dropped)
        with stores.critical.begin() as work:
            assert work.checkouts.get(kept.id) == kept
            with pytest.raises(NotFoundError):
                work.checkouts.get(dropped.id)
