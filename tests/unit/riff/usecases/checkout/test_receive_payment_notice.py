import pytest

from riff.domain.audit.event_catalogue import EventKind
from riff.domain.checkout.charge import AdmittedNotice
from riff.domain.checkout.checkout import RefundState
from riff.domain.identifiers import OrderId
from riff.errors import InvalidRequestError, NoticeRefusedError, UnavailableError
from riff.usecases.checkout.receive_payment_notice import ReceivePaymentNotice, receive_payment_notice
from riff.usecases.checkout.settle_payment import settle_payment
from riff.usecases.checkout.settle_unknown_payments import SettleUnknownPayments, settle_unknown_payments
from riff.usecases.checkout.show_online_order import ShowOnlineOrder, show_online_order
from riff_critical.lifecycle import OrderState
from tests.support.fakes import FakeRun, Fakes, Method
from tests.support.fakes.payments import NOTICE_OF_NOTHING, SIGNED
from tests.support.stage import Stage


def notify(stage: Stage, notice: ReceivePaymentNotice) -> None:
    receive_payment_notice(notice, stage.fakes.services)


def test_a_notice_settles_a_pending_order() -> None:
    stage = Stage.of()
    bought = stage.buy(method=Method.PENDING)
    order_id = bought.checkout.id
    stage.fakes.payments.settle(order_id)
    notify(stage, ReceivePaymentNotice(*stage.fakes.payments.notice(order_id)))
    order = show_online_order(ShowOnlineOrder(order_id, bought.access_token), stage.fakes.services)
    assert order.checkout.state is OrderState.PAID
    assert order.ticket is not None


def test_the_same_notice_twice_sells_once() -> None:
    stage = Stage.of()
    order_id = stage.buy(method=Method.PENDING).checkout.id
    stage.fakes.payments.settle(order_id)
    for _ in range(2):
        notify(stage, ReceivePaymentNotice(*stage.fakes.payments.notice(order_id)))
    assert stage.fakes.transactions.event_kinds().count(EventKind.ORDER_SOLD) == 1


def test_a_notice_before_the_answer_to_the_browser_sells_once() -> None:
    stage = Stage.of()
    order_id = stage.buy(method=Method.TIMEOUT).checkout.id
    notify(stage, ReceivePaymentNotice(*stage.fakes.payments.notice(order_id)))
    assert stage.buy(method=Method.TIMEOUT).checkout.state is OrderState.PAID
    assert stage.fakes.transactions.event_kinds().count(EventKind.ORDER_SOLD) == 1


def test_what_was_acted_upon_is_on_record() -> None:
    stage = Stage.of()
    order_id = stage.buy(method=Method.PENDING).checkout.id
    stage.fakes.payments.settle(order_id)
    for _ in range(2):
        notify(stage, ReceivePaymentNotice(*stage.fakes.payments.notice(order_id)))
    assert stage.fakes.transactions.tables.notices == {
        "evt_1": AdmittedNotice("evt_1", order_id, "succeeded", stage.fakes.clock.now())
    }


def test_a_notice_that_could_not_be_acted_upon_acts_when_it_comes_again() -> None:
    stage = Stage.of()
    order_id = stage.buy(method=Method.PENDING).checkout.id
    stage.fakes.payments.settle(order_id)
    stage.fakes.transactions.lose_next_commit(stored=False)
    with pytest.raises(UnavailableError):
        notify(stage, ReceivePaymentNotice(*stage.fakes.payments.notice(order_id)))
    notify(stage, ReceivePaymentNotice(*stage.fakes.payments.notice(order_id)))
    order = show_online_order(ShowOnlineOrder(order_id), stage.fakes.services)
    assert order.checkout.state is OrderState.PAID


def test_a_notice_of_a_refund_that_is_owed_concludes_it() -> None:
    stage = Stage.of()
    order_id = _owing(stage)
    for _ in range(2):
        notify(stage, ReceivePaymentNotice(*stage.fakes.payments.notice(order_id, refunded=True)))
    order = show_online_order(ShowOnlineOrder(order_id), stage.fakes.services)
    assert order.checkout.refund is RefundState.DONE
    assert stage.fakes.transactions.event_kinds().count(EventKind.CHECKOUT_REFUNDED) == 1


def test_a_refund_of_a_part_leaves_the_debt_and_is_written_down() -> None:
    stage = Stage.of()
    order_id = _owing(stage)
    stage.fakes.payments.return_at_desk(order_id, 500)
    for _ in range(2):
        notify(stage, ReceivePaymentNotice(*stage.fakes.payments.notice(order_id, refunded=True)))
    order = show_online_order(ShowOnlineOrder(order_id), stage.fakes.services)
    assert order.checkout.refund is RefundState.DUE
    kinds = stage.fakes.transactions.event_kinds()
    assert (kinds.count(EventKind.CHECKOUT_REVERSED), kinds.count(EventKind.CHECKOUT_REFUNDED)) == (1, 0)
    settle_unknown_payments(SettleUnknownPayments(), stage.fakes.services, FakeRun())
    notify(stage, ReceivePaymentNotice(*stage.fakes.payments.notice(order_id, "evt_2", refunded=True)))
    order = show_online_order(ShowOnlineOrder(order_id), stage.fakes.services)
    assert order.checkout.refund is RefundState.DONE
    assert stage.fakes.payments.returned(order_id) == order.checkout.price.minor
    assert stage.fakes.transactions.event_kinds().count(EventKind.CHECKOUT_REFUNDED) == 1


def test_a_refund_that_failed_is_owed_and_returned_again() -> None:
    stage = Stage.of()
    order_id = _owing(stage)
    run = FakeRun()
    settle_unknown_payments(SettleUnknownPayments(), stage.fakes.services, run)
    stage.fakes.payments.fail_refund(order_id)
    told = ReceivePaymentNotice(*stage.fakes.payments.notice(order_id, "re_1-failed", refund_failed=True))
    notify(stage, told)
    order = show_online_order(ShowOnlineOrder(order_id), stage.fakes.services)
    assert order.checkout.refund is RefundState.DUE
    settle_unknown_payments(SettleUnknownPayments(), stage.fakes.services, run)
    assert run.counts == {"returned": 2}
    notify(stage, told)
    order = show_online_order(ShowOnlineOrder(order_id), stage.fakes.services)
    assert order.checkout.refund is RefundState.DONE
    kinds = stage.fakes.transactions.event_kinds()
    assert (kinds.count(EventKind.CHECKOUT_REFUND_DUE), kinds.count(EventKind.CHECKOUT_REFUNDED)) == (2, 2)


@pytest.mark.parametrize("owing", [True, False])
def test_a_failed_refund_changes_nothing_where_none_was_made(*, owing: bool) -> None:
    stage = Stage.of()
    order_id = _owing(stage) if owing else stage.buy().checkout.id
    before = stage.fakes.transactions.events()
    notify(stage, ReceivePaymentNotice(*stage.fakes.payments.notice(order_id, refund_failed=True)))
    assert stage.fakes.transactions.events() == before


def test_a_refund_that_nobody_asked_for_here_is_written_down_once() -> None:
    stage = Stage.of()
    order_id = stage.buy().checkout.id
    for _ in range(2):
        notify(stage, ReceivePaymentNotice(*stage.fakes.payments.notice(order_id, refunded=True)))
    order = show_online_order(ShowOnlineOrder(order_id), stage.fakes.services)
    assert (order.checkout.state, order.checkout.refund) == (OrderState.PAID, RefundState.NONE)
    assert stage.fakes.transactions.event_kinds().count(EventKind.CHECKOUT_REVERSED) == 1


def test_a_notice_about_something_else_is_dropped() -> None:
    stage = Stage.of()
    notify(stage, ReceivePaymentNotice(SIGNED, NOTICE_OF_NOTHING))
    assert stage.fakes.transactions.events() == []


def _owing(stage: Stage) -> OrderId:
    """An order whose money is owed back and could not be returned yet."""
    order = stage.buy(method=Method.PENDING).checkout
    stage.fakes.payments.settle(order.id)
    stage.fakes.clock.set(order.expires_at)
    stage.fakes.payments.is_down = True
    settle_payment(stage.fakes.payments.charges[order.id], stage.fakes.services)
    stage.fakes.payments.is_down = False
    return order.id


def test_a_notice_about_an_order_of_nobody_is_dropped() -> None:
    stage, elsewhere = Stage.of(), Stage.of(fakes=Fakes())
    order_id = elsewhere.buy().checkout.id
    headers, body = elsewhere.fakes.payments.notice(order_id)
    foreign = body.replace(str(order_id).encode(), str(stage.raffle.id).encode())
    notify(stage, ReceivePaymentNotice(headers, foreign))
    assert stage.fakes.transactions.events() == []


def test_refuses_a_notice_without_a_signature() -> None:
    stage = Stage.of()
    order_id = stage.buy(method=Method.PENDING).checkout.id
    _, body = stage.fakes.payments.notice(order_id)
    with pytest.raises(NoticeRefusedError):
        notify(stage, ReceivePaymentNotice({}, body))


def test_refuses_a_signed_notice_that_makes_no_sense() -> None:
    stage = Stage.of()
    order_id = stage.buy(method=Method.PENDING).checkout.id
    headers, _ = stage.fakes.payments.notice(order_id)
    with pytest.raises(InvalidRequestError):
        notify(stage, ReceivePaymentNotice(headers, b"{}"))
