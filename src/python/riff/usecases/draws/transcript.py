"""The draws of a raffle as the stores have them, and the transcript that follows."""

from riff.domain.draws.records import DrawnWinner
from riff.domain.draws.standing import Standing
from riff.domain.identifiers import RaffleId
from riff.domain.raffles.raffle import Raffle
from riff.errors import StateRefusesError
from riff.ports.stores import Work
from riff_critical.draw import Transcript


def standing_of(raffle_id: RaffleId, work: Work) -> Standing | None:
    """How far the draws have come, or None before the seal."""
    sealed = work.seals.sealed(raffle_id)
    if sealed is None:
        return None
    manifest, seal = sealed
    return Standing(
        manifest,
        seal,
        work.ledger.checkpoint(raffle_id, seal.ledger_size),
        work.draws.attempts(raffle_id),
        work.draws.declarations(raffle_id),
    )


def require_standing(raffle: Raffle, work: Work) -> Standing:
    """How far the draws of a sealed raffle have come.

    Raises:
        StateRefusesError: it is not sealed.
    """
    standing = standing_of(raffle.id, work)
    if standing is None:
        raise StateRefusesError("The raffle is not sealed.", state=raffle.state.value, action="draw")
    return standing


def transcript_of(raffle_id: RaffleId, work: Work) -> Transcript | None:
    """T as it stands, or None before the seal, or while the state of the ledger is not signed."""
    standing = standing_of(raffle_id, work)
    return None if standing is None or standing.note is None else standing.transcript()


def winners_of(raffle_id: RaffleId, work: Work) -> tuple[DrawnWinner, ...]:
    """Everybody who won so far, draw by draw, official or not yet."""
    standing = standing_of(raffle_id, work)
    if standing is None:
        return ()
    draws = range(1, len(standing.manifest.draws) + 1)
    return tuple(winner for draw in draws for winner in standing.winners(draw))
