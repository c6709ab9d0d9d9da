"""Tell what a ticket is worth that somebody presents for a prize, and record who did (GLI-31 2.7.1).

The certified function gives the verdict; this one finds what it judges by, and keeps what follows from it.
"""

from datetime import datetime

import attrs

from riff.domain.accounts.actor import Actor
from riff.domain.audit.event_catalogue import EventKind
from riff.domain.draws.claim import Claim, Claimant, Verdict
from riff.domain.identifiers import RaffleId, StreamId
from riff.domain.sales.sold_order import SoldOrder
from riff.errors import ClaimantNotEligibleError, EvidenceNeededError
from riff.ports.services import Services
from riff.ports.stores import Work
from riff.ports.ticket_validation import IssuedOrder, PresentedTicket
from riff.usecases.sales.read_ticket import read_ticket
from riff_critical.lifecycle import ClaimEvent, ClaimState, Guard, OrderState


@attrs.frozen
class ValidateClaim:
    """A ticket that is presented.

    Attributes:
        actor: who looks at it.
        raffle_id: the raffle that it is presented for.
        text: its validation number, as scanned or typed.
        claimant: who presents it.
        eligible: whether the actor has made sure that the rules let this person win.
    """

    actor: Actor
    raffle_id: RaffleId
    text: str = attrs.field(repr=False)
    claimant: Claimant
    eligible: bool


@attrs.frozen
class Judged:
    """What the ticket is worth for one prize; `claim` is None where it won nothing."""

    verdict: Verdict
    claim: Claim | None


def validate_claim(command: ValidateClaim, services: Services) -> tuple[Judged, ...]:
    """The verdict on each prize that the ticket won; at least one.

    A claim with the verdict `valid` is validated and its claimant recorded; so is one whose ticket was
    printed more than once, against other evidence.  Every other verdict changes nothing, and is recorded.

    Raises:
        NotFoundError, NotPermittedError: no such raffle, or the actor may not validate its claims.
        MisreadTicketError: the number must be read again.
        ClaimantNotEligibleError: the ticket is good, and the claimant may not win.
        EvidenceNeededError: the ticket was printed more than once, and no other evidence was given.
        UnavailableError: the certified function cannot be reached.
    """
    now = services.clock.now()
    with services.transactions.begin() as work:
        raffle = work.raffles.get(command.raffle_id)
        command.actor.require("claims:validate", raffle.organization_id)
        read = read_ticket(command.text, raffle.id, work.raffles.keys(raffle.id), work)
        key, order = (None, None) if read is None else (read.key, read.order)
        claims: tuple[Claim | None, ...] = () if order is None else work.claims.lock_of_order(order.id)
        issued = None if order is None else _issued(order, work)
        judged = []
        for claim in claims or (None,):
            ticket = PresentedTicket(command.text, now, key, issued, claim)
            judged.append(_kept(services.validation.verdict(ticket), claim, command, now, work))
        return tuple(judged)


def _issued(order: SoldOrder, work: Work) -> IssuedOrder:
    void = work.orders.void_of(order.id)
    state = OrderState.PAID if void is None else void.state
    return IssuedOrder(order.ordinal, state, len(work.order_book.reprints(order.id)))


def _kept(verdict: Verdict, claim: Claim | None, command: ValidateClaim, now: datetime, work: Work) -> Judged:
    """What follows from a verdict."""
    claimant, by = command.claimant, command.actor.label
    if verdict is Verdict.REPRINTED and claimant.evidence is None:
        raise EvidenceNeededError("The ticket was printed more than once: other evidence is needed.")
    holds = verdict in (Verdict.VALID, Verdict.REPRINTED)
    if holds and not command.eligible:
        raise ClaimantNotEligibleError("The rules do not let this person have the prize.")
    if holds and claim is not None and claim.state is ClaimState.OPEN:
        claim = claim.after(ClaimEvent.VALIDATE, {Guard.TICKET_VERIFIED, Guard.CLAIMANT_ELIGIBLE})
        work.claims.update(claim)
        work.claims.identify(claim.id, claimant, by, now)
        kind = EventKind.CLAIM_VALIDATED
    else:
        kind = EventKind.TICKET_PRESENTED
    facts = {"verdict": verdict.value, "claim": "" if claim is None else str(claim.id)}
    work.events.append(StreamId(command.raffle_id), kind, now, by, facts)
    return Judged(verdict, claim)
