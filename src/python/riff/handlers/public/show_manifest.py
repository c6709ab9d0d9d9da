"""GET /raffles/{raffle_id}/manifest: what was fixed about the draws when the raffle was activated."""

from typing import Self

import attrs

from riff.domain.identifiers import RaffleId
from riff.handlers._runtime.http import Ok, Request, endpoint
from riff.usecases.public.show_manifest import PublishedManifest, ShowManifest, show_manifest
from riff.wiring import services
from riff_critical.draw import Commitment

# It never changes.
_CACHE_S = 300


@attrs.frozen
class CommitmentReply:
    """The commitment to the secret of an attempt."""

    draw: int
    attempt: int
    value: str

    @classmethod
    def of(cls, commitment: Commitment) -> Self:
        """The commitment."""
        return cls(commitment.draw, commitment.attempt, commitment.value.hex())


@attrs.frozen
class ManifestReply:
    """M: a text, since its hash covers every byte of it, and a commitment for every draw and attempt."""

    document: str
    hash: str
    commitments: tuple[CommitmentReply, ...]

    @classmethod
    def of(cls, published: PublishedManifest) -> Self:
        """M with its hash."""
        manifest = published.manifest
        commitments = tuple(map(CommitmentReply.of, published.commitments))
        return cls(manifest.to_bytes().decode(), manifest.hash().hex(), commitments)


@endpoint()
def handler(request: Request[None]) -> Ok[ManifestReply]:
    """Answer with M."""
    query = ShowManifest(RaffleId(request.path_id("raffle_id")))
    return Ok(ManifestReply.of(show_manifest(query, services())), cache_s=_CACHE_S)
