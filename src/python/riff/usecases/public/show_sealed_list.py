"""Show the sealed list D of a draw: what was drawn from, number by number (SD/1, step 5)."""

import attrs

from riff.domain.identifiers import RaffleId
from riff.errors import NotFoundError
from riff.ports.services import Services
from riff.usecases.draws.pool_storage import compact_pool
from riff.usecases.public.show_raffle import visible_raffle
from riff_critical.draw import Pool


@attrs.frozen
class ShowSealedList:
    """Which raffle, and which of its draws, from 1."""

    raffle_id: RaffleId
    draw: int


@attrs.frozen
class SealedList:
    """D of a draw.

    Attributes:
        draw: which draw.
        pool: what the seal states of the list.
        data: the list in the compact form of riff_critical.draw.
    """

    draw: int
    pool: Pool
    data: bytes


def show_sealed_list(query: ShowSealedList, services: Services) -> SealedList:
    """The list.

    Raises:
        NotFoundError: there is no such raffle or draw, or it is not sealed.
    """
    with services.transactions.begin() as work:
        raffle = visible_raffle(query.raffle_id, work)
        seal = work.seals.seal(raffle.id)
        if seal is None or not 1 <= query.draw <= len(seal.pools):
            raise NotFoundError("There is no sealed list of this draw.")
        return SealedList(query.draw, seal.pools[query.draw - 1], compact_pool(raffle.id, query.draw, work))
