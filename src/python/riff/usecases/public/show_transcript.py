"""Show the transcript T of a raffle's draws, as it was published last (SD/1, step 10)."""

import attrs

from riff.domain.identifiers import RaffleId
from riff.errors import NotFoundError
from riff.ports.services import Services
from riff.usecases.public.show_raffle import visible_raffle
from riff_critical.draw import Transcript


@attrs.frozen
class ShowTranscript:
    """Which raffle."""

    raffle_id: RaffleId


def show_transcript(query: ShowTranscript, services: Services) -> Transcript:
    """Everything that it takes to draw again; its hash is in the ledger.

    Raises:
        NotFoundError: there is no such raffle, or nothing was drawn yet.
    """
    with services.transactions.begin() as work:
        raffle = visible_raffle(query.raffle_id, work)
        published = work.draws.transcript(raffle.id)
    if published is None:
        raise NotFoundError("Nothing was drawn yet.")
    return Transcript.from_bytes(published)
