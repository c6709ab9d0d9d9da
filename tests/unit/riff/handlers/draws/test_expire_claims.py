"""POST /staff/raffles/{raffle_id}/claim-expirations."""

import pytest

from tests.support.builders import a_staff_member
from tests.support.claim_requests import post_expiration
from tests.support.claims import DAY, bought, won
from tests.support.stage import Stage


def test_answers_with_what_ended(stage: Stage) -> None:
    claim = won(stage, bought(stage))
    stage.fakes.clock.advance(days=DAY.days)
    answer = post_expiration(stage)
    assert answer.status == 200
    assert [(each["id"], each["state"]) for each in answer.body["claims"]] == [(str(claim.id), "trust")]
    assert post_expiration(stage).body == answer.body
    assert post_expiration(stage, key="another-key").body == {"claims": []}


@pytest.mark.parametrize(
    ("role", "status"), [("viewer", 403), ("operator", 403), ("regulator", 403), ("admin", 200)]
)
def test_roles(stage: Stage, role: str, status: int) -> None:
    stage.fakes.transactions.add_staff(a_staff_member(role, stage.organization.id, role))
    assert post_expiration(stage, subject=role).status == status
