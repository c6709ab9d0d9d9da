"""What is published of a raffle, file by file, as the verifier reads it (docs/algorithms/sealed-draw.md)."""

from collections.abc import Iterable, Iterator

from riff.domain.identifiers import RaffleId
from riff.errors import StateRefusesError
from riff.ports.stores import Work
from riff.usecases.draws.pool_storage import compact_pool
from riff.usecases.draws.transcript import require_standing

TRANSCRIPT = "transcript.json"
LEDGER = "ledger.jsonl"

type File = tuple[str, Iterable[bytes]]
"""A path below the folder, and what the file holds, part by part."""


def publication_of(raffle_id: RaffleId, work: Work) -> Iterator[File]:
    """The transcript, every pool, and every entry of the sealed ledger; each is read as it is asked for.

    Raises:
        StateRefusesError: the raffle is not sealed, or the state of its ledger is not signed yet.
    """
    raffle = work.raffles.get(raffle_id)
    standing = require_standing(raffle, work)
    if standing.note is None:
        raise StateRefusesError("The ledger is not signed.", state=raffle.state.value, action="publish")
    # What was published at the last change is what the ledger names by its hash.
    published = work.draws.transcript(raffle_id)
    yield TRANSCRIPT, (published or standing.transcript().to_bytes(),)
    for draw, pool in enumerate(standing.seal.pools, start=1):
        yield f"pools/{pool.root.hex()}.pool", (compact_pool(raffle_id, draw, work),)
    yield LEDGER, (entry + b"\n" for entry in work.ledger.entries(raffle_id, 0, standing.seal.ledger_size))
