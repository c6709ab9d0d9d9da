"""POST /staff/raffles/{raffle_id}/claim-expirations: end the claims that nobody made in time."""

import attrs

from riff.domain.identifiers import RaffleId
from riff.handlers._runtime.http import Ok, Request, endpoint
from riff.handlers.draws._claims import ClaimReply
from riff.usecases.draws.expire_claims import ExpireClaims, expire_claims
from riff.wiring import services


@attrs.frozen
class ExpiredClaimsReply:
    """The claims that ended now."""

    claims: tuple[ClaimReply, ...]


@endpoint(permission="claims:expire", idempotent=True)
def handler(request: Request[None]) -> Ok[ExpiredClaimsReply]:
    """Answer with the claims that ended now."""
    command = ExpireClaims(actor=request.actor, raffle_id=RaffleId(request.path_id("raffle_id")))
    return Ok(ExpiredClaimsReply(tuple(map(ClaimReply.of, expire_claims(command, services())))))
