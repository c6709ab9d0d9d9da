"""POST /staff/claims/{claim_id}/payout."""

import pytest

from riff_critical.lifecycle import ClaimState
from tests.support.builders import a_staff_member
from tests.support.claim_requests import post_payout
from tests.support.claims import bought, won
from tests.support.stage import Stage


def test_answers_with_the_claim_paid_once(stage: Stage) -> None:
    claim = won(stage, bought(stage), state=ClaimState.VALIDATED)
    answer = post_payout(claim.id)
    assert (answer.status, answer.body["state"]) == (200, "paid")
    assert post_payout(claim.id).body == answer.body
    again = post_payout(claim.id, key="another-key")
    assert (again.status, again.code, again.body["state"]) == (409, "state-refuses", "paid")


def test_unknown_claim_is_not_found(stage: Stage) -> None:
    assert post_payout(stage.raffle.id).status == 404


@pytest.mark.parametrize(
    ("role", "status"), [("viewer", 403), ("operator", 403), ("regulator", 403), ("admin", 200)]
)
def test_roles(stage: Stage, role: str, status: int) -> None:
    stage.fakes.transactions.add_staff(a_staff_member(role, stage.organization.id, role))
    claim = won(stage, bought(stage), state=ClaimState.VALIDATED)
    assert post_payout(claim.id, subject=role).status == status
