"""POST /staff/raffles/{raffle_id}/contribution-commitments: record what outside parties commit to."""

from typing import Annotated

import attrs

from riff.domain.identifiers import RaffleId
from riff.handlers._runtime.http import Ok, Request, endpoint
from riff.handlers._runtime.limits import Items
from riff.handlers.draws._draw import ATTEMPT, DIGEST, DRAW, PARTY
from riff.usecases.draws.commit_contribution import CommitContribution, commit_contribution
from riff.wiring import services
from riff_critical.draw import ContributionCommitment


@attrs.frozen
class ContributionCommitmentBody:
    """A party's commitment to its contribution to one attempt."""

    party: Annotated[str, PARTY]
    draw: Annotated[int, DRAW]
    attempt: Annotated[int, ATTEMPT]
    commitment: Annotated[str, DIGEST]

    def commit(self) -> ContributionCommitment:
        """As the protocol has it."""
        return ContributionCommitment(self.party, self.draw, self.attempt, bytes.fromhex(self.commitment))


@attrs.frozen
class CommitContributionBody:
    """Commitments, of one party or several."""

    commitments: Annotated[tuple[ContributionCommitmentBody, ...], Items(1, 1_000)]


@attrs.frozen
class CommittedContributionsReply:
    """How many commitments of contributors the raffle has now."""

    commitments: int


@endpoint(body=CommitContributionBody, permission="draws:conduct", idempotent=True)
def handler(request: Request[CommitContributionBody]) -> Ok[CommittedContributionsReply]:
    """Answer with their number."""
    command = CommitContribution(
        request.actor,
        RaffleId(request.path_id("raffle_id")),
        tuple(each.commit() for each in request.body.commitments),
    )
    return Ok(CommittedContributionsReply(commit_contribution(command, services())))
