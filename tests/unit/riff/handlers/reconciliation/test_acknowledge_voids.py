"""POST /staff/raffles/{raffle_id}/void-acknowledgements."""

from riff.handlers.reconciliation.acknowledge_voids import handler
from tests.support.asking import ask_as_staff
from tests.support.booth import Booth
from tests.support.gateway import STAFF_SUBJECT, Answer


def _acknowledge(booth: Booth, voids: int = 0, requests: int = 0) -> Answer:
    body = {"voids": voids, "requests": requests}
    route = "/staff/raffles/{raffle_id}/void-acknowledgements"
    return ask_as_staff(handler, route, {"raffle_id": booth.stage.raffle.id}, body)


def test_answers_with_the_accounts(booth: Booth) -> None:
    booth.end_sales()
    answer = _acknowledge(booth)
    assert answer.status == 200
    assert answer.body["voids"] == {
        "voids": 0,
        "requests": 0,
        "open_requests": [],
        "acknowledged_voids": 0,
        "acknowledged_requests": 0,
        "acknowledged_by": f"staff:{STAFF_SUBJECT}",
        "acknowledged_at": "2026-05-01T12:00:00.000000Z",
    }


def test_refuses_another_list(booth: Booth) -> None:
    booth.end_sales()
    answer = _acknowledge(booth, voids=1)
    assert (answer.status, answer.code, answer.body["voids"]) == (409, "voids-changed", 0)
