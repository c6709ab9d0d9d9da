"""Tickets that have won, and what happens when they are presented."""

from datetime import timedelta
from uuid import uuid4

import attrs

from riff.domain.draws.claim import Claim, Claimant, Document, Verdict
from riff.domain.identifiers import ClaimId, PrizeId
from riff.domain.money import Money
from riff.domain.sales.ticket import Ticket
from riff.usecases.draws.validate_claim import Judged, ValidateClaim, validate_claim
from riff_critical.lifecycle import ClaimState
from tests.support.fakes import NOON
from tests.support.stage import Stage

CLAIMANT = Claimant("Robin Buyer", Document.PASSPORT, "X123")
DAY = timedelta(days=1)


def bought(stage: Stage, key: str = "key-1") -> Ticket:
    """A ticket that was bought online."""
    ticket = stage.buy(key).ticket
    assert ticket is not None
    return ticket


def won(stage: Stage, ticket: Ticket, **changes: object) -> Claim:
    """The claim of a ticket that has won a prize, as of an official result."""
    claim = Claim(
        id=ClaimId(uuid4()),
        raffle_id=stage.raffle.id,
        draw=1,
        place=0,
        prize_id=PrizeId(uuid4()),
        amount=Money(5000, "CAD"),
        slot=ticket.order.first_slot,
        order_id=ticket.order.id,
        state=ClaimState.OPEN,
        opened_at=NOON,
        expires_at=NOON + DAY,
    )
    claim = attrs.evolve(claim, **changes)  # type: ignore[arg-type] # each test changes what it is about
    with stage.fakes.transactions.begin() as work:
        work.claims.open([claim])
    return claim


def present(stage: Stage, text: str, **changes: object) -> tuple[Judged, ...]:
    """Present a ticket to the manager of the stage."""
    command = ValidateClaim(stage.manager, stage.raffle.id, text, CLAIMANT, eligible=True)
    return validate_claim(attrs.evolve(command, **changes), stage.fakes.services)  # type: ignore[arg-type]


def only(judged: tuple[Judged, ...]) -> Verdict:
    """The one verdict."""
    (one,) = judged
    return one.verdict
