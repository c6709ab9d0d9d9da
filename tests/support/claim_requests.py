"""Requests about claims, as staff send them."""

from uuid import UUID

from riff.handlers.draws import expire_claims, pay_claim, validate_claim
from tests.support.gateway import KEY, STAFF_SUBJECT, Answer, an_event, ask, claims
from tests.support.stage import Stage

CLAIMANT = {"name": "Robin Buyer", "document": "passport", "document_number": "X123"}


def post_validation(stage: Stage, text: str, key: str = KEY, subject: str = STAFF_SUBJECT) -> Answer:
    """Present a ticket."""
    body = {"validation_number": text, "claimant": CLAIMANT, "eligible": True}
    event = an_event(
        "POST",
        "/staff/raffles/{raffle_id}/claim-validations",
        variables={"raffle_id": str(stage.raffle.id)},
        body=body,
        headers={"Idempotency-Key": key},
        token=claims(subject),
    )
    return ask(validate_claim.handler, event)


def post_payout(claim_id: UUID, key: str = KEY, subject: str = STAFF_SUBJECT) -> Answer:
    """Record that a prize was handed over."""
    event = an_event(
        "POST",
        "/staff/claims/{claim_id}/payout",
        variables={"claim_id": str(claim_id)},
        body={"method": "cheque", "reference": "000123"},
        headers={"Idempotency-Key": key},
        token=claims(subject),
    )
    return ask(pay_claim.handler, event)


def post_expiration(stage: Stage, key: str = KEY, subject: str = STAFF_SUBJECT) -> Answer:
    """End the claims that nobody made in time."""
    event = an_event(
        "POST",
        "/staff/raffles/{raffle_id}/claim-expirations",
        variables={"raffle_id": str(stage.raffle.id)},
        headers={"Idempotency-Key": key},
        token=claims(subject),
    )
    return ask(expire_claims.handler, event)
