"""POST /units/me/void-requests."""

from uuid import UUID, uuid4

from riff.handlers.units.request_void import handler
from tests.support.asking import ask_as_unit
from tests.support.booth import Booth
from tests.support.gateway import KEY, Answer


def _request(order_id: UUID, key: str = KEY) -> Answer:
    body = {"order_id": str(order_id), "reason": "wrong package"}
    return ask_as_unit(handler, "/units/me/void-requests", body, key=key)


def test_answers_with_the_request(booth: Booth) -> None:
    booth.enrol()
    booth.lease()
    order_id = booth.sell().ticket.order.id
    answer = _request(order_id)
    assert answer.status == 200
    assert answer.body == {
        "order_id": str(order_id),
        "raffle_id": str(booth.stage.raffle.id),
        "enrolment_id": str(booth.enrolment.id),
        "reason": "wrong package",
        "requested_at": "2026-05-01T12:00:00.000000Z",
    }
    again = _request(order_id, key="another-key")
    assert (again.status, again.code) == (409, "void-already-requested")


def test_refuses_orders_of_others(booth: Booth) -> None:
    booth.enrol()
    assert _request(uuid4()).status == 404
