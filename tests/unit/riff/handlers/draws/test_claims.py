"""The three operations on claims, over HTTP."""

from typing import Any
from uuid import UUID

import pytest

from riff.handlers.draws import expire_claims, pay_claim, validate_claim
from tests.support.builders import a_staff_member
from tests.support.gateway import KEY, STAFF_SUBJECT, Answer, an_event, ask, claims
from tests.support.stage import Stage
from tests.unit.riff.usecases.draws.test_validate_claim import DAY, bought, won

CLAIMANT = {"name": "Robin Buyer", "document": "passport", "document_number": "X123"}


def _post(handler: Any, path: str, name: str, of: UUID, body: Any, key: str = KEY, **who: str) -> Answer:  # noqa: ANN401 - any handler, any JSON
    event = an_event(
        "POST",
        path,
        variables={name: str(of)},
        body=body,
        headers={"Idempotency-Key": key},
        token=claims(who.get("subject", STAFF_SUBJECT)),
    )
    return ask(handler, event)


def _validate(stage: Stage, text: str, key: str = KEY, **who: str) -> Answer:
    body = {"validation_number": text, "claimant": CLAIMANT, "eligible": True}
    path = "/staff/raffles/{raffle_id}/claims/validate"
    return _post(validate_claim.handler, path, "raffle_id", stage.raffle.id, body, key, **who)


def _pay(claim_id: UUID, key: str = KEY) -> Answer:
    body = {"method": "cheque", "reference": "000123"}
    return _post(pay_claim.handler, "/staff/claims/{claim_id}/payout", "claim_id", claim_id, body, key)


def _expire(stage: Stage, key: str = KEY) -> Answer:
    path = "/staff/raffles/{raffle_id}/claims/expire"
    return _post(expire_claims.handler, path, "raffle_id", stage.raffle.id, None, key)


def test_a_prize_is_claimed_and_paid(stage: Stage) -> None:
    ticket = bought(stage)
    claim = won(stage, ticket)
    verdicts = _validate(stage, ticket.validation_number)
    assert verdicts.status == 200
    (verdict,) = verdicts.body["verdicts"]
    assert (verdict["verdict"], verdict["claim"]["state"]) == ("valid", "validated")
    assert _validate(stage, ticket.validation_number).body == verdicts.body
    paid = _pay(claim.id)
    assert paid.body == {**verdict["claim"], "state": "paid"}
    assert _pay(claim.id).body == paid.body
    again = _pay(claim.id, key="another-key")
    assert (again.status, again.code, again.body["state"]) == (409, "state-refuses", "paid")


def test_a_ticket_that_won_nothing_has_no_claim(stage: Stage) -> None:
    answer = _validate(stage, bought(stage).validation_number)
    assert answer.body == {"verdicts": [{"verdict": "no_prize"}]}


def test_a_misread_number_is_the_callers_to_read_again(stage: Stage) -> None:
    answer = _validate(stage, "123")
    assert (answer.status, answer.code) == (422, "ticket-misread")


def test_ends_what_nobody_claimed(stage: Stage) -> None:
    claim = won(stage, bought(stage))
    stage.fakes.clock.advance(days=DAY.days)
    answer = _expire(stage)
    assert [(each["id"], each["state"]) for each in answer.body["claims"]] == [(str(claim.id), "trust")]
    assert _expire(stage, key="another-key").body == {"claims": []}


@pytest.mark.parametrize(
    ("role", "status"), [("viewer", 403), ("operator", 403), ("regulator", 403), ("admin", 200)]
)
def test_roles(stage: Stage, role: str, status: int) -> None:
    stage.fakes.transactions.add_staff(a_staff_member(role, stage.organization.id, "someone"))
    assert _validate(stage, bought(stage).validation_number, subject="someone").status == status
