"""Open the claims of a draw with its official result, and pass a claim on to an alternate."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

import attrs

from riff.domain.audit.event_catalogue import EventKind
from riff.domain.draws.claim import Claim
from riff.domain.draws.records import Declaration, DrawnWinner
from riff.domain.identifiers import ClaimId, StreamId
from riff.domain.money import Money
from riff.domain.raffles.raffle import Raffle
from riff.domain.sales.sold_order import SoldOrder
from riff.errors import IntegrityFailureError, StateRefusesError
from riff.ports.services import Services
from riff.ports.stores import Work
from riff_critical.lifecycle import CLAIM, ClaimState

# Nobody was found to have won the prize yet, and it is not out of the raffle's hands.
_CAN_BE_PASSED_ON: Final = frozenset({ClaimState.OPEN, ClaimState.REDRAW})


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
    expires_at = _expiry(raffle, at, work)
    claims = []
    for winner in winners:
        order = _order_of(raffle, winner, work)
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


def claim_to_pass_on(raffle: Raffle, draw: int, place: int, work: Work) -> Claim | None:
    """The claim of a winner who gives way, or None before the result is official.

    Raises:
        StateRefusesError: its ticket was found valid, or its prize was paid or is kept in trust.
    """
    claim = work.claims.lock_of_place(raffle.id, draw, place)
    if claim is not None and claim.state not in _CAN_BE_PASSED_ON:
        raise StateRefusesError(
            f"The winner's claim is {claim.state.value}.", state=claim.state.value, action="substitute"
        )
    return claim


def pass_on(claim: Claim, winner: DrawnWinner, raffle: Raffle, at: datetime, work: Work) -> None:
    """Let the alternate who took the place hold its claim, for a whole period from now on.

    Raises:
        IntegrityFailureError: the alternate's number belongs to no order.
    """
    work.claims.pass_on(
        attrs.evolve(
            claim,
            slot=winner.slot,
            order_id=_order_of(raffle, winner, work).id,
            state=CLAIM.initial,
            opened_at=at,
            expires_at=_expiry(raffle, at, work),
        )
    )


def _order_of(raffle: Raffle, winner: DrawnWinner, work: Work) -> SoldOrder:
    order = work.orders.holding(raffle.id, winner.slot)
    if order is None:
        raise IntegrityFailureError("A number won that was never sold.")
    return order


def _expiry(raffle: Raffle, at: datetime, work: Work) -> datetime | None:
    days = work.raffles.profile(raffle.id).claims.expiry_days
    return None if days is None else at + timedelta(days=days)
