"""POST /staff/raffles/{raffle_id}/claim-validations: tell what a presented ticket is worth."""

from typing import Annotated, Self

import attrs

from riff.domain.draws.claim import Claimant, Document, Verdict
from riff.domain.identifiers import RaffleId
from riff.handlers._runtime.http import Ok, Request, endpoint
from riff.handlers._runtime.limits import Length
from riff.handlers.draws._claims import ClaimReply
from riff.usecases.draws.validate_claim import Judged, ValidateClaim, validate_claim
from riff.wiring import services


@attrs.frozen
class ClaimantBody:
    """Who presents the ticket."""

    name: Annotated[str, Length(1, 120)] = attrs.field(repr=False)
    document: Document
    document_number: Annotated[str, Length(1, 60)] = attrs.field(repr=False)
    evidence: Annotated[str, Length(1, 500)] | None = None


@attrs.frozen
class ValidateClaimBody:
    """A ticket that is presented.

    Attributes:
        validation_number: as scanned or typed.
        claimant: who presents it.
        eligible: whether the caller has made sure that the rules let this person win.
    """

    validation_number: Annotated[str, Length(1, 100)] = attrs.field(repr=False)
    claimant: ClaimantBody
    eligible: bool


@attrs.frozen
class VerdictReply:
    """What the ticket is worth for one prize; without a claim where it won none."""

    verdict: Verdict
    claim: ClaimReply | None

    @classmethod
    def of(cls, judged: Judged) -> Self:
        """The verdict."""
        return cls(judged.verdict, None if judged.claim is None else ClaimReply.of(judged.claim))


@attrs.frozen
class VerdictsReply:
    """The verdict on each prize that the ticket won; one where it won none."""

    verdicts: tuple[VerdictReply, ...]


@endpoint(body=ValidateClaimBody, permission="claims:validate", idempotent=True)
def handler(request: Request[ValidateClaimBody]) -> Ok[VerdictsReply]:
    """Answer with the verdicts."""
    body = request.body
    who = body.claimant
    command = ValidateClaim(
        actor=request.actor,
        raffle_id=RaffleId(request.path_id("raffle_id")),
        text=body.validation_number,
        claimant=Claimant(who.name, who.document, who.document_number, who.evidence),
        eligible=body.eligible,
    )
    return Ok(VerdictsReply(tuple(map(VerdictReply.of, validate_claim(command, services())))))
