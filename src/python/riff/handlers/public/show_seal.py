"""GET /raffles/{raffle_id}/seal: exactly what will be drawn from."""

from typing import Self

import attrs

from riff.domain.audit.ticket_proof import lines_of
from riff.domain.identifiers import RaffleId
from riff.handlers._runtime.http import Ok, Request, endpoint
from riff.usecases.public.show_seal import PublishedSeal, ShowSeal, show_seal
from riff.wiring import services

_CACHE_S = 5


@attrs.frozen
class SealReply:
    """S: a text, since its hash covers every byte of it.

    Attributes:
        document: S as canonical JSON.
        hash: its hash.
        words: the first half of the hash, for reading aloud.
        checkpoint: the lines of the signed state of the ledger that S names; none until it is signed.
    """

    document: str
    hash: str
    words: str
    checkpoint: tuple[str, ...]

    @classmethod
    def of(cls, published: PublishedSeal) -> Self:
        """S with its hash and its words."""
        seal, note = published.seal, published.note
        lines = () if note is None else tuple(lines_of(note))
        return cls(seal.to_bytes().decode(), seal.hash().hex(), seal.words(), lines)


@endpoint()
def handler(request: Request[None]) -> Ok[SealReply]:
    """Answer with S."""
    query = ShowSeal(RaffleId(request.path_id("raffle_id")))
    return Ok(SealReply.of(show_seal(query, services())), cache_s=_CACHE_S)
