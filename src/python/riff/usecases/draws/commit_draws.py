"""The draws of a raffle at activation: M is fixed, and every seed is committed to (SD/1, steps 1 and 2)."""

from riff.domain.accounts.actor import Actor
from riff.domain.audit.event_catalogue import EventKind
from riff.domain.draws.manifest import Surroundings, manifest_of
from riff.domain.draws.records import CommittedSeed
from riff.domain.identifiers import RaffleId, StreamId
from riff.domain.raffles.profile import RuleProfile
from riff.domain.raffles.setup import RaffleSetup
from riff.ports.services import Services
from riff.ports.stores import Work
from riff.usecases.audit.ledger_log import log_of
from riff_critical.draw import Manifest, commit
from riff_critical.verification import critical_digest


def commit_draws(
    setup: RaffleSetup, profile: RuleProfile, actor: Actor, work: Work, services: Services
) -> Manifest:
    """Fix M and commit to a seed for every attempt of every draw, in every mode.

    A raffle whose planned mode needs no seed may come to one that does, and M cannot change after this.

    Raises:
        IncompleteSetupError: something is missing that the mode or a draw needs.
        UnavailableError: the key that keeps seeds, or the one that signs the ledger, cannot be reached.
    """
    raffle = setup.raffle
    digest = bytes.fromhex(critical_digest())
    world = Surroundings(digest, log_of(raffle.id, services), services.beacon.planned)
    organization = work.raffles.organization(raffle.organization_id)
    manifest = manifest_of(setup, work.seals.plan(raffle.id), profile, organization, world)
    seeds = [
        _committed(raffle.id, manifest.hash(), draw, attempt, services)
        for draw in range(1, len(manifest.draws) + 1)
        for attempt in range(1, manifest.attempts + 1)
    ]
    work.seals.commit(raffle.id, manifest, seeds)
    work.events.append(
        StreamId(raffle.id),
        EventKind.DRAWS_COMMITTED,
        services.clock.now(),
        actor.label,
        {
            "manifest": manifest.hash().hex(),
            "mode": manifest.mode.value,
            "draws": len(manifest.draws),
            "attempts": manifest.attempts,
            "critical_digest": manifest.critical_digest.hex(),
        },
    )
    return manifest


def _committed(
    raffle_id: RaffleId, manifest_hash: bytes, draw: int, attempt: int, services: Services
) -> CommittedSeed:
    """A seed that exists in this function alone, and leaves it encrypted."""
    seed = services.keys.new_key()
    ciphertext = services.seeds.close(raffle_id, draw, attempt, seed)
    return CommittedSeed(commit(manifest_hash, draw, attempt, seed), ciphertext)
