"""Record that a prize was handed over to its winner."""

import attrs

from riff.domain.accounts.actor import Actor
from riff.domain.audit.event_catalogue import EventKind
from riff.domain.draws.claim import Claim, Payout
from riff.domain.identifiers import ClaimId, StreamId
from riff.ports.services import Services
from riff_critical.lifecycle import ClaimEvent, Guard


@attrs.frozen
class PayClaim:
    """Which claim `actor` has paid, and how."""

    actor: Actor
    claim_id: ClaimId
    payout: Payout


def pay_claim(command: PayClaim, services: Services) -> Claim:
    """The claim, paid: once, and only after its ticket was found valid.

    Raises:
        NotFoundError, NotPermittedError: no such claim, or the actor may not pay it.
        StateRefusesError: it was not validated, or is paid already.
    """
    now = services.clock.now()
    with services.transactions.begin() as work:
        claim = work.claims.lock(command.claim_id)
        raffle = work.raffles.get(claim.raffle_id)
        command.actor.require("claims:pay", raffle.organization_id)
        paid = claim.after(ClaimEvent.PAY, {Guard.PAYOUT_RECORDED})
        work.claims.update(paid)
        work.claims.pay(claim.id, command.payout, command.actor.label, now)
        work.events.append(
            StreamId(raffle.id),
            EventKind.CLAIM_PAID,
            now,
            command.actor.label,
            {
                "claim": str(claim.id),
                "amount": claim.amount.minor,
                "method": command.payout.method.value,
                "reference": command.payout.reference,
            },
        )
        return paid
