"""Open the claims of a draw: with its official result, in the same transaction."""

from collections.abc import Sequence
from datetime import timedelta

from riff.domain.audit.event_catalogue import EventKind
from riff.domain.draws.claim import Claim
from riff.domain.draws.records import Declaration, DrawnWinner
from riff.domain.identifiers import ClaimId, StreamId
from riff.domain.money import Money
from riff.domain.raffles.raffle import Raffle
from riff.errors import IntegrityFailureError
from riff.ports.services import Services
from riff.ports.stores import Work
from riff_critical.lifecycle import CLAIM


def open_claims(
    raffle: Raffle, winners: Sequence[DrawnWinner], official: Declaration, work: Work, services: Services
) -> tuple[Claim, ...]:
    """A claim for every winner of a draw whose result has just become official.

    Args:
        raffle: the raffle.
        winners: of that draw, once alternates have taken the places of those that could not win.
        official: the declaration; the claim period begins with it.
        work: the transaction that makes the result official.
        services: for fresh names.

    Raises:
        IntegrityFailureError: a winning number belongs to no order, or has a claim already.
    """
    at = official.declared_at
    days = work.raffles.profile(raffle.id).claims.expiry_days
    expires_at = None if days is None else at + timedelta(days=days)
    claims = []
    for winner in winners:
        order = work.orders.holding(raffle.id, winner.slot)
        if order is None:
            raise IntegrityFailureError("A number won that was never sold.")
        claims.append(
            Claim(
                id=ClaimId(services.identifiers.new()),
                raffle_id=raffle.id,
                draw=winner.draw,
                place=winner.place,
                prize_id=winner.prize_id,
                amount=Money(winner.amount_minor, raffle.currency),
                slot=winner.slot,
                order_id=order.id,
                state=CLAIM.initial,
                opened_at=at,
                expires_at=expires_at,
            )
        )
    work.claims.open(claims)
    work.events.append(
        StreamId(raffle.id),
        EventKind.CLAIMS_OPENED,
        at,
        official.declared_by,
        {"draw": official.draw, "claims": len(claims)},
    )
    return tuple(claims)
