"""POST /payments/notices."""

from riff.handlers.checkout.receive_payment_notice import handler
from tests.support.fakes import Method
from tests.support.gateway import Answer, an_event, ask
from tests.support.stage import Stage


def _notify(headers: dict[str, str], body: bytes) -> Answer:
    return ask(handler, an_event("POST", "/payments/notices", raw=body.decode(), headers=headers))


def test_settles_a_pending_order_once(stage: Stage) -> None:
    order = stage.buy(method=Method.PENDING).checkout
    stage.fakes.payments.settle(order.id)
    headers, body = stage.fakes.payments.notice(order.id)
    for _ in range(2):
        answer = _notify(dict(headers), body)
        assert (answer.status, answer.body) == (200, {"received": True})
    assert len(stage.fakes.transactions.tables.orders) == 1


def test_refuses_a_notice_that_nobody_signed(stage: Stage) -> None:
    order = stage.buy(method=Method.PENDING).checkout
    stage.fakes.payments.settle(order.id)
    _, body = stage.fakes.payments.notice(order.id)
    answer = _notify({}, body)
    assert (answer.status, answer.code) == (401, "notice-refused")
    assert stage.fakes.transactions.tables.orders == {}


def test_signed_nonsense_is_the_senders_mistake(stage: Stage) -> None:
    order = stage.buy(method=Method.PENDING).checkout
    headers, _ = stage.fakes.payments.notice(order.id)
    assert _notify(dict(headers), b"{}").status == 422


def test_is_repeated_by_the_processor_when_it_cannot_be_stored(stage: Stage) -> None:
    order = stage.buy(method=Method.PENDING).checkout
    stage.fakes.payments.settle(order.id)
    headers, body = stage.fakes.payments.notice(order.id)
    stage.fakes.transactions.lose_next_commit(stored=False)
    assert _notify(dict(headers), body).status == 503
    assert _notify(dict(headers), body).status == 200
    assert len(stage.fakes.transactions.tables.orders) == 1
