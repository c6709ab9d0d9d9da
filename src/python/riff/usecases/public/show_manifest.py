"""Show what was fixed at activation: the manifest M and the commitments to draws (SD/1, steps 1 and 2)."""

import attrs

from riff.domain.identifiers import RaffleId
from riff.errors import NotFoundError
from riff.ports.services import Services
from riff.usecases.public.show_raffle import visible_raffle
from riff_critical.draw import Commitment, Manifest


@attrs.frozen
class ShowManifest:
    """Which raffle."""

    raffle_id: RaffleId


@attrs.frozen
class PublishedManifest:
    """M, with a commitment for every draw and attempt."""

    manifest: Manifest
    commitments: tuple[Commitment, ...]


def show_manifest(query: ShowManifest, services: Services) -> PublishedManifest:
    """What was fixed when the raffle was activated.

    Raises:
        NotFoundError: there is no such raffle, or it was never activated.
    """
    with services.transactions.begin() as work:
        raffle = visible_raffle(query.raffle_id, work)
        manifest = work.seals.manifest(raffle.id)
        if manifest is None:
            raise NotFoundError("There is no manifest of this raffle.")
        return PublishedManifest(manifest, work.seals.commitments(raffle.id))
