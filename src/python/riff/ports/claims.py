"""What one transaction can read and write about claims to prizes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from riff.domain.draws.claim import Claim, Claimant, Payout
from riff.domain.identifiers import ClaimId, OrderId, RaffleId


class ClaimStore(Protocol):
    """Claims; who made them and how they were paid is written once each and never changed."""

    def open(self, claims: Sequence[Claim]) -> None:
        """Store new claims.

        Raises:
            IntegrityFailureError: there is a claim for that place of that draw already.
        """
        ...

    def lock(self, claim_id: ClaimId) -> Claim:
        """A claim that nobody else changes until the transaction ends.

        Raises:
            NotFoundError: there is none of that name.
        """
        ...

    def lock_of_order(self, order_id: OrderId) -> tuple[Claim, ...]:
        """The claims of an order, by draw and place; nobody else changes them until the transaction ends."""
        ...

    def lock_due(self, raffle_id: RaffleId, at: datetime) -> tuple[Claim, ...]:
        """Open claims of a raffle whose period has ended, locked until the transaction ends."""
        ...

    def of_raffle(self, raffle_id: RaffleId) -> tuple[Claim, ...]:
        """All claims of a raffle, by draw and place."""
        ...

    def lock_of_place(self, raffle_id: RaffleId, draw: int, place: int) -> Claim | None:
        """The claim of a place of a draw, locked until the transaction ends, or None before there is one."""
        ...

    def pass_on(self, claim: Claim) -> None:
        """Store who holds a claim that this transaction has locked, and when it may be made."""
        ...

    def update(self, claim: Claim) -> None:
        """Store the state of a claim that this transaction has locked."""
        ...

    def identify(self, claim_id: ClaimId, claimant: Claimant, by: str, at: datetime) -> None:
        """Store who made a claim; once per claim."""
        ...

    def pay(self, claim_id: ClaimId, payout: Payout, by: str, at: datetime) -> None:
        """Store how a prize was handed over; once per claim."""
        ...
