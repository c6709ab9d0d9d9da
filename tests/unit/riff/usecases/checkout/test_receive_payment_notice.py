import pytest

from riff.domain.audit.event_catalogue import EventKind
from riff.errors import InvalidRequestError, NoticeRefusedError
from riff.usecases.checkout.receive_payment_notice import ReceivePaymentNotice, receive_payment_notice
from riff.usecases.checkout.show_online_order import ShowOnlineOrder, show_online_order
from riff_critical.lifecycle import OrderState
from tests.support.fakes import Fakes, Method
from tests.support.stage import Stage


def notify(stage: Stage, notice: ReceivePaymentNotice) -> None:
    receive_payment_notice(notice, stage.fakes.services)


def test_a_notice_settles_a_pending_order() -> None:
    stage = Stage.of()
    order_id = stage.buy(method=Method.PENDING).checkout.id
    stage.fakes.payments.settle(order_id)
    notify(stage, ReceivePaymentNotice(*stage.fakes.payments.notice(order_id)))
    order = show_online_order(ShowOnlineOrder(order_id), stage.fakes.services)
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


def test_a_notice_of_a_refund_changes_nothing() -> None:
    stage = Stage.of()
    order_id = stage.buy().checkout.id
    before = stage.fakes.transactions.events()
    notify(stage, ReceivePaymentNotice(*stage.fakes.payments.notice(order_id, refunded=True)))
    assert before == stage.fakes.transactions.events()


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
