"""End the claims that nobody made in time, and do with the prizes what the rule profile says."""

import attrs

from riff.domain.accounts.actor import Actor
from riff.domain.audit.event_catalogue import EventKind
from riff.domain.draws.claim import Claim
from riff.domain.identifiers import RaffleId, StreamId
from riff.domain.raffles.profile import Unclaimed
from riff.ports.services import Services
from riff_critical.lifecycle import ClaimEvent, Guard

_AFTERWARDS = {
    Unclaimed.REDRAW: (ClaimEvent.DRAW_AGAIN, Guard.PROFILE_REDRAWS),
    Unclaimed.TRUST: (ClaimEvent.KEEP_IN_TRUST, Guard.PROFILE_KEEPS_IN_TRUST),
}


@attrs.frozen
class ExpireClaims:
    """Whose unclaimed prizes `actor` wants to settle."""

    actor: Actor
    raffle_id: RaffleId


def expire_claims(command: ExpireClaims, services: Services) -> tuple[Claim, ...]:
    """The claims that ended now; none where every period still runs, so that it may be repeated at will.

    A prize to be drawn again waits for an alternate (`redraw`); one to be kept in trust is out of the
    raffle's hands.

    Raises:
        NotFoundError, NotPermittedError: no such raffle, or the actor may not settle its prizes.
    """
    now = services.clock.now()
    with services.transactions.begin() as work:
        raffle = work.raffles.get(command.raffle_id)
        command.actor.require("claims:expire", raffle.organization_id)
        ended = []
        for claim in work.claims.lock_due(raffle.id, now):
            event, guard = _AFTERWARDS[work.raffles.profile(raffle.id).claims.unclaimed]
            expired = claim.after(ClaimEvent.EXPIRE, {Guard.CLAIM_PERIOD_OVER}).after(event, {guard})
            work.claims.update(expired)
            work.events.append(
                StreamId(raffle.id),
                EventKind.CLAIM_EXPIRED,
                now,
                command.actor.label,
                {"claim": str(claim.id), "amount": claim.amount.minor, "becomes": expired.state.value},
            )
            ended.append(expired)
        return tuple(ended)
