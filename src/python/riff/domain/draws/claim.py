"""A claim to one prize, from the official result to its payment or its expiry (GLI-31 2.7.1)."""

from collections.abc import Set as AbstractSet
from datetime import datetime
from enum import StrEnum

import attrs
from attrs.validators import ge, max_len, min_len, optional

from riff.domain.identifiers import ClaimId, OrderId, PrizeId, RaffleId
from riff.domain.instants import aware_utc
from riff.domain.money import Money
from riff.errors import StateRefusesError
from riff_critical.lifecycle import (
    CLAIM,
    ClaimEvent,
    ClaimState,
    Guard,
    GuardUnsatisfiedError,
    TransitionRefusedError,
    advance,
)


class Verdict(StrEnum):
    """What a ticket that is presented for a prize is worth, by the certified function `validate_ticket`."""

    FOREIGN = "foreign"
    VOID = "void"
    NO_PRIZE = "no_prize"
    ALREADY_PAID = "already_paid"
    EXPIRED = "expired"
    REPRINTED = "reprinted"
    VALID = "valid"


class Document(StrEnum):
    """What a claimant proves their identity with."""

    PASSPORT = "passport"
    DRIVING_LICENCE = "driving_licence"
    IDENTITY_CARD = "identity_card"
    OTHER = "other"


class PayoutMethod(StrEnum):
    """How a prize reaches its winner."""

    CHEQUE = "cheque"
    TRANSFER = "transfer"
    CASH = "cash"
    GOODS = "goods"


@attrs.frozen
class Claimant:
    """Who presented the ticket.

    Attributes:
        name: full name, as the document has it.
        document: kind of document.
        document_number: its number.
        evidence: what else shows that the ticket is theirs; needed where it was printed more than once.
    """

    name: str = attrs.field(validator=[min_len(1), max_len(120)], repr=False)
    document: Document
    document_number: str = attrs.field(validator=[min_len(1), max_len(60)], repr=False)
    evidence: str | None = attrs.field(default=None, validator=optional([min_len(1), max_len(500)]))


@attrs.frozen
class Payout:
    """How a prize was handed over.

    Attributes:
        method: how.
        reference: number of the cheque or the transfer, or of the receipt that the winner signed.
    """

    method: PayoutMethod
    reference: str = attrs.field(validator=[min_len(1), max_len(120)])


@attrs.frozen
class Claim:
    """A claim to one prize, as it stands.

    Attributes:
        id: permanent name.
        raffle_id: the raffle.
        draw: which draw, from 1.
        place: the place among the draw's winners, from 0.
        prize_id: what was won.
        amount: this winner's part of it.
        slot: the number that won, as its slot.
        order_id: the order that holds it.
        state: where the claim is in its life.
        opened_at: when the result became official.
        expires_at: when it counts as unclaimed; None where there is no end.
    """

    id: ClaimId
    raffle_id: RaffleId
    draw: int = attrs.field(validator=ge(1))
    place: int = attrs.field(validator=ge(0))
    prize_id: PrizeId
    amount: Money
    slot: int = attrs.field(validator=ge(0))
    order_id: OrderId
    state: ClaimState
    opened_at: datetime = attrs.field(validator=aware_utc)
    expires_at: datetime | None = attrs.field(validator=optional(aware_utc))

    def is_over(self, at: datetime) -> bool:
        """Whether its period has ended."""
        return self.expires_at is not None and at >= self.expires_at

    def after(self, event: ClaimEvent, satisfied: AbstractSet[Guard] = frozenset()) -> "Claim":
        """This claim once the event has happened.

        Raises:
            StateRefusesError: the state machine has no such event in this state, or a guard is not satisfied.
        """
        try:
            return attrs.evolve(self, state=advance(CLAIM, self.state, event, satisfied))
        except (TransitionRefusedError, GuardUnsatisfiedError) as error:
            raise StateRefusesError(
                f"A claim that is {self.state.value} cannot {event.value.replace('_', ' ')}.",
                state=self.state.value,
                action=event.value,
            ) from error
