"""Claims as replies show them."""

from datetime import datetime
from typing import Self
from uuid import UUID

import attrs

from riff.domain.draws.claim import Claim
from riff.handlers._runtime.shapes.money import MoneyReply
from riff_critical.lifecycle import ClaimState


@attrs.frozen
class ClaimReply:
    """A claim to one prize.

    Attributes:
        expires_at: when it counts as unclaimed; left out where there is no end.
    """

    id: UUID
    raffle_id: UUID
    draw: int
    place: int
    prize_id: UUID
    amount: MoneyReply
    order_id: UUID
    state: ClaimState
    opened_at: datetime
    expires_at: datetime | None

    @classmethod
    def of(cls, claim: Claim) -> Self:
        """The claim as it stands."""
        return cls(
            id=claim.id,
            raffle_id=claim.raffle_id,
            draw=claim.draw,
            place=claim.place,
            prize_id=claim.prize_id,
            amount=MoneyReply.of(claim.amount),
            order_id=claim.order_id,
            state=claim.state,
            opened_at=claim.opened_at,
            expires_at=claim.expires_at,
        )
