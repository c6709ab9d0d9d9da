"""A store of claims in memory, and a validation of tickets that runs the certified code here."""

from collections.abc import Sequence
from datetime import datetime

import attrs

from riff.adapters.aws.ticket_validation import event_of, verdict_of
from riff.domain.draws.claim import Claim, Claimant, Payout, Verdict
from riff.domain.identifiers import ClaimId, OrderId, RaffleId
from riff.errors import IntegrityFailureError, NotFoundError, UnavailableError
from riff.ports.ticket_validation import PresentedTicket
from riff_critical.handlers.validate_ticket import handler
from riff_critical.lifecycle import ClaimState
from tests.support.fakes.tables import Tables


@attrs.frozen
class FakeClaimStore:
    """Honours `riff.ports.claims.ClaimStore`."""

    tables: Tables

    def open(self, claims: Sequence[Claim]) -> None:
        for claim in claims:
            places = {(known.raffle_id, known.draw, known.place) for known in self.tables.claims.values()}
            if (claim.raffle_id, claim.draw, claim.place) in places:
                raise IntegrityFailureError("There is a claim for that place already.")
            self.tables.claims[claim.id] = claim

    def lock(self, claim_id: ClaimId) -> Claim:
        if claim_id not in self.tables.claims:
            raise NotFoundError("There is no such claim.")
        return self.tables.claims[claim_id]

    def lock_of_order(self, order_id: OrderId) -> tuple[Claim, ...]:
        return tuple(claim for claim in self._sorted() if claim.order_id == order_id)

    def lock_due(self, raffle_id: RaffleId, at: datetime) -> tuple[Claim, ...]:
        return tuple(
            claim
            for claim in self.of_raffle(raffle_id)
            if claim.state is ClaimState.OPEN and claim.is_over(at)
        )

    def of_raffle(self, raffle_id: RaffleId) -> tuple[Claim, ...]:
        return tuple(claim for claim in self._sorted() if claim.raffle_id == raffle_id)

    def lock_of_place(self, raffle_id: RaffleId, draw: int, place: int) -> Claim | None:
        found = (claim for claim in self.of_raffle(raffle_id) if (claim.draw, claim.place) == (draw, place))
        return next(found, None)

    def pass_on(self, claim: Claim) -> None:
        self.tables.claims[claim.id] = attrs.evolve(
            self.tables.claims[claim.id],
            slot=claim.slot,
            order_id=claim.order_id,
            state=claim.state,
            opened_at=claim.opened_at,
            expires_at=claim.expires_at,
        )

    def update(self, claim: Claim) -> None:
        self.tables.claims[claim.id] = attrs.evolve(self.tables.claims[claim.id], state=claim.state)

    def identify(self, claim_id: ClaimId, claimant: Claimant, by: str, at: datetime) -> None:
        if claim_id in self.tables.claimants:
            raise IntegrityFailureError("Who made the claim is on record already.")
        self.tables.claimants[claim_id] = (claimant, by, at)

    def pay(self, claim_id: ClaimId, payout: Payout, by: str, at: datetime) -> None:
        if claim_id in self.tables.payouts:
            raise IntegrityFailureError("How the prize was paid is on record already.")
        self.tables.payouts[claim_id] = (payout, by, at)

    def _sorted(self) -> list[Claim]:
        return sorted(self.tables.claims.values(), key=lambda claim: (claim.draw, claim.place))


class FakeTicketValidation:
    """Honours `riff.ports.ticket_validation.TicketValidation`.

    Attributes:
        is_down: while true, the function cannot be reached.
    """

    def __init__(self) -> None:
        self.is_down = False

    def verdict(self, ticket: PresentedTicket) -> Verdict:
        """The verdict of the certified code, reached without a function."""
        if self.is_down:
            raise UnavailableError("A certified function is briefly unavailable.")
        return verdict_of(handler(event_of(ticket), None))
