"""POST /staff/claims/{claim_id}/payout: record that a prize was handed over."""

from typing import Annotated

import attrs

from riff.domain.draws.claim import Payout, PayoutMethod
from riff.domain.identifiers import ClaimId
from riff.handlers._runtime.http import Ok, Request, endpoint
from riff.handlers._runtime.limits import Length
from riff.handlers.draws._claims import ClaimReply
from riff.usecases.draws.pay_claim import PayClaim, pay_claim
from riff.wiring import services


@attrs.frozen
class PayClaimBody:
    """How a prize was handed over, with the number of the cheque, the transfer or the signed receipt."""

    method: PayoutMethod
    reference: Annotated[str, Length(1, 120)]


@endpoint(body=PayClaimBody, permission="claims:pay", idempotent=True)
def handler(request: Request[PayClaimBody]) -> Ok[ClaimReply]:
    """Answer with the claim, paid."""
    command = PayClaim(
        actor=request.actor,
        claim_id=ClaimId(request.path_id("claim_id")),
        payout=Payout(request.body.method, request.body.reference),
    )
    return Ok(ClaimReply.of(pay_claim(command, services())))
