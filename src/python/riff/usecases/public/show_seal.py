"""Show the seal S of a raffle, which is published before its draws (SD/1, step 5)."""

import attrs

from riff.domain.identifiers import RaffleId
from riff.errors import NotFoundError
from riff.ports.services import Services
from riff.usecases.public.show_raffle import visible_raffle
from riff_critical.draw import Seal
from riff_critical.ledger import Note


@attrs.frozen
class ShowSeal:
    """Which raffle."""

    raffle_id: RaffleId


@attrs.frozen
class PublishedSeal:
    """S, with the signed state of the ledger that it names; None until that is signed."""

    seal: Seal
    note: Note | None


def show_seal(query: ShowSeal, services: Services) -> PublishedSeal:
    """What is drawn from.

    Raises:
        NotFoundError: there is no such raffle, or it is not sealed.
    """
    with services.transactions.begin() as work:
        raffle = visible_raffle(query.raffle_id, work)
        seal = work.seals.seal(raffle.id)
        if seal is None:
            raise NotFoundError("This raffle is not sealed.")
        return PublishedSeal(seal, work.ledger.checkpoint(raffle.id, seal.ledger_size))
