"""Record what a party outside the organization commits itself to, before the seal (SD/1, step 2)."""

from collections.abc import Sequence

import attrs

from riff.domain.accounts.actor import Actor
from riff.domain.audit.event_catalogue import EventKind
from riff.domain.identifiers import RaffleId, StreamId
from riff.errors import ContributionRefusedError, StateRefusesError
from riff.ports.services import Services
from riff_critical.draw import ContributionCommitment


@attrs.frozen
class CommitContribution:
    """What a party commits itself to, for one or more attempts; `actor` records it."""

    actor: Actor
    raffle_id: RaffleId
    commitments: Sequence[ContributionCommitment]


def commit_contribution(command: CommitContribution, services: Services) -> int:
    """Store the commitments, each once; how many the raffle has now.

    Raises:
        NotFoundError, NotPermittedError: no such raffle, or the actor conducts no draws there.
        StateRefusesError: the raffle is not active yet, or is sealed already.
        ContributionRefusedError: M names no such party or attempt, or the party committed to another value.
    """
    now = services.clock.now()
    with services.transactions.begin() as work:
        raffle = work.raffles.lock(command.raffle_id)
        command.actor.require("draws:conduct", raffle.organization_id)
        manifest = work.seals.manifest(raffle.id)
        if manifest is None or work.seals.seal(raffle.id) is not None:
            raise StateRefusesError(
                "Contributions are committed to between activation and seal.",
                state=raffle.state.value,
                action="commit_contribution",
            )
        known = work.seals.contribution_commitments(raffle.id)
        for each in command.commitments:
            planned = each.draw <= len(manifest.draws) and each.attempt <= manifest.attempts
            if each.party not in manifest.contributors or not planned:
                raise ContributionRefusedError("The manifest names no such party, draw or attempt.")
            if each in known:
                continue
            if not work.seals.commit_contribution(raffle.id, each, command.actor.label, now):
                raise ContributionRefusedError("The party is committed to another value.", party=each.party)
            work.events.append(
                StreamId(raffle.id),
                EventKind.CONTRIBUTION_COMMITTED,
                now,
                command.actor.label,
                {
                    "party": each.party,
                    "draw": each.draw,
                    "attempt": each.attempt,
                    "commitment": each.value.hex(),
                },
            )
        return len(work.seals.contribution_commitments(raffle.id))
