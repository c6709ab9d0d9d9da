"""Whether a number is on the list that was sealed for a draw."""

from riff.domain.identifiers import RaffleId
from riff.ports.stores import Work
from riff.usecases.draws.pool_storage import compact_pool
from riff_critical.draw import decode, indices_of


def is_listed(raffle_id: RaffleId, draw: int, slot: int, work: Work) -> bool:
    """By the published list itself, read as the certified function reads it."""
    return slot in indices_of([slot], decode(compact_pool(raffle_id, draw, work)))
