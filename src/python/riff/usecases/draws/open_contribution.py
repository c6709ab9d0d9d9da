"""Open a party's contribution: after the seal, and before anybody could make use of it (SD/1, step 6)."""

import attrs

from riff.domain.accounts.actor import Actor
from riff.domain.audit.event_catalogue import EventKind
from riff.domain.draws.instants import milliseconds
from riff.domain.draws.standing import Standing
from riff.domain.identifiers import RaffleId, StreamId
from riff.errors import ContributionRefusedError
from riff.ports.services import Services
from riff.ports.stores import Work
from riff.usecases.draws.transcript import require_standing
from riff_critical.draw import Contribution, EntropyMode, opens_contribution


@attrs.frozen
class OpenContribution:
    """The value that a party was committed to; `actor` records it."""

    actor: Actor
    raffle_id: RaffleId
    party: str
    draw: int
    attempt: int
    value: bytes


def open_contribution(command: OpenContribution, services: Services) -> Contribution:
    """Store the value, if it is the one and comes in time.

    Raises:
        NotFoundError, NotPermittedError: no such raffle or draw, or the actor conducts no draws there.
        StateRefusesError: the raffle is not sealed.
        ContributionRefusedError: it opens no commitment, or the attempt or the beacon's round has come.
    """
    now = services.clock.now()
    with services.transactions.begin() as work:
        raffle = work.raffles.lock(command.raffle_id)
        command.actor.require("draws:conduct", raffle.organization_id)
        standing = require_standing(raffle, work)
        standing.planned(command.draw)
        opened_at = max(milliseconds(now), standing.seal.sealed_at)
        _require_committed(command, standing)
        _require_in_time(command, opened_at, standing, work)
        contribution = Contribution(command.party, command.value, opened_at)
        if not work.draws.open_contribution(
            raffle.id, command.draw, command.attempt, contribution, command.actor.label
        ):
            opened = work.draws.contributions(raffle.id, command.draw, command.attempt)
            return next(each for each in opened if each.party == command.party)
        work.events.append(
            StreamId(raffle.id),
            EventKind.CONTRIBUTION_OPENED,
            now,
            command.actor.label,
            {"party": command.party, "draw": command.draw, "attempt": command.attempt},
        )
        return contribution


def _require_committed(command: OpenContribution, standing: Standing) -> None:
    commitment = standing.seal.contribution(command.party, command.draw, command.attempt)
    if commitment is None or not opens_contribution(commitment, standing.seal.manifest, command.value):
        raise ContributionRefusedError("It opens no commitment of this party to this attempt.")


def _require_in_time(command: OpenContribution, opened_at: int, standing: Standing, work: Work) -> None:
    if work.draws.started(command.raffle_id, command.draw, command.attempt) is not None:
        raise ContributionRefusedError("The attempt was started.")
    comes_at = standing.round_comes_at(command.draw, command.attempt)
    if comes_at is None or opened_at < comes_at:
        return
    # Once the round is there, what was opened late could only serve a mode that does without it.
    spare = EntropyMode.COMMIT_REVEAL in standing.manifest.modes
    if not spare or work.draws.kept_value(command.raffle_id, command.draw, command.attempt) is not None:
        raise ContributionRefusedError("The beacon's round of this attempt has come.")
