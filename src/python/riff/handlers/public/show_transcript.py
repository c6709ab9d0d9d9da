"""GET /raffles/{raffle_id}/transcript: everything that it takes to draw again."""

from typing import Self

import attrs

from riff.domain.identifiers import RaffleId
from riff.handlers._runtime.http import Ok, Request, endpoint
from riff.usecases.public.show_transcript import ShowTranscript, show_transcript
from riff.wiring import services
from riff_critical.draw import Transcript

_CACHE_S = 5


@attrs.frozen
class TranscriptReply:
    """T: a text, since its hash, which is in the ledger, covers every byte of it."""

    document: str
    hash: str

    @classmethod
    def of(cls, transcript: Transcript) -> Self:
        """T with its hash."""
        return cls(transcript.to_bytes().decode(), transcript.hash().hex())


@endpoint()
def handler(request: Request[None]) -> Ok[TranscriptReply]:
    """Answer with T."""
    query = ShowTranscript(RaffleId(request.path_id("raffle_id")))
    return Ok(TranscriptReply.of(show_transcript(query, services())), cache_s=_CACHE_S)
