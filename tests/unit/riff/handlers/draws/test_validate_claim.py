"""POST /staff/raffles/{raffle_id}/claim-validations."""

import pytest

from tests.support.builders import a_staff_member
from tests.support.claim_requests import post_validation
from tests.support.claims import bought, won
from tests.support.stage import Stage


def test_answers_with_verdict_and_claim(stage: Stage) -> None:
    ticket = bought(stage)
    claim = won(stage, ticket)
    answer = post_validation(stage, ticket.validation_number)
    assert answer.status == 200
    assert answer.body == {
        "verdicts": [
            {
                "verdict": "valid",
                "claim": {
                    "id": str(claim.id),
                    "raffle_id": str(stage.raffle.id),
                    "draw": 1,
                    "place": 0,
                    "prize_id": str(claim.prize_id),
                    "amount": {"minor": 5000, "currency": "CAD", "formatted": "CAD 50.00"},
                    "order_id": str(ticket.order.id),
                    "state": "validated",
                    "opened_at": "2026-05-01T12:00:00.000000Z",
                    "expires_at": "2026-05-02T12:00:00.000000Z",
                },
            }
        ]
    }
    assert post_validation(stage, ticket.validation_number).body == answer.body


def test_a_ticket_that_won_nothing_has_no_claim(stage: Stage) -> None:
    answer = post_validation(stage, bought(stage).validation_number)
    assert answer.body == {"verdicts": [{"verdict": "no_prize"}]}


def test_a_misread_number_is_the_callers_to_read_again(stage: Stage) -> None:
    answer = post_validation(stage, "123")
    assert (answer.status, answer.code) == (422, "ticket-misread")


@pytest.mark.parametrize(
    ("role", "status"), [("viewer", 403), ("operator", 403), ("regulator", 403), ("admin", 200)]
)
def test_roles(stage: Stage, role: str, status: int) -> None:
    stage.fakes.transactions.add_staff(a_staff_member(role, stage.organization.id, role))
    assert post_validation(stage, bought(stage).validation_number, subject=role).status == status
