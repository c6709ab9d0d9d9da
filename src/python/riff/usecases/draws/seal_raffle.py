"""Seal the list that will be drawn from, and publish it, before any draw (SD/1, step 5; GLI-31 2.6.1)."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

import attrs

from riff.domain.accounts.actor import Actor
from riff.domain.audit.event_catalogue import EventKind
from riff.domain.audit.ledger_batch import LedgerHead
from riff.domain.draws.instants import from_milliseconds, milliseconds
from riff.domain.identifiers import RaffleId, StreamId
from riff.errors import AlreadySealedError, IntegrityFailureError, SealRefusedError, UnavailableError
from riff.ports.services import Services
from riff.ports.stores import Work
from riff.usecases.audit.sign_checkpoint import sign_checkpoint
from riff.usecases.audit.update_ledger import update_ledger
from riff.usecases.draws.pool_storage import store_pool
from riff_critical.draw import (
    ContributionCommitment,
    DrawFaultError,
    Manifest,
    PlannedDraw,
    Pool,
    Seal,
    Tally,
    seal,
)
from riff_critical.ledger import Checkpoint
from riff_critical.lifecycle import Guard, RaffleEvent


@attrs.frozen
class SealRaffle:
    """Which raffle `actor` wants to seal."""

    actor: Actor
    raffle_id: RaffleId


@attrs.frozen
class SealedRaffle:
    """S, and the manifest that it stands under."""

    raffle_id: RaffleId
    manifest: Manifest
    seal: Seal


def seal_raffle(command: SealRaffle, services: Services) -> SealedRaffle:
    """Make S of a reconciled raffle; the orders are read as a stream, in the transaction that seals them.

    Raises:
        NotFoundError, NotPermittedError: no such raffle, or the actor may not seal it.
        AlreadySealedError: S was made before.
        StateRefusesError: the raffle is not reconciled.
        SealRefusedError: something contradicts M; `fault` names it.
    """
    now = services.clock.now()
    with services.transactions.begin() as work:
        raffle = work.raffles.lock(command.raffle_id)
        command.actor.require("draws:seal", raffle.organization_id)
        if work.seals.seal(raffle.id) is not None:
            raise AlreadySealedError("The list is sealed.")
        # Committing is publishing: from then on anybody can ask for S and for the pools.
        sealed = raffle.after(RaffleEvent.SEAL, frozenset({Guard.SEALED_LIST_PUBLISHED}))
        manifest = work.seals.manifest(raffle.id)
        if manifest is None:
            raise IntegrityFailureError("A raffle was activated without a manifest.")
        made = _sealed(raffle.id, manifest, now, work)
        work.seals.add_seal(raffle.id, made)
        work.raffles.update(sealed)
        work.events.append(
            StreamId(raffle.id),
            EventKind.RAFFLE_SEALED,
            now,
            command.actor.label,
            {
                "seal": made.hash().hex(),
                "words": made.words(),
                "numbers": made.tally.sold,
                "voided": made.tally.voided,
                "unsold": made.tally.unsold,
                "gross": made.tally.gross,
                "ledger_size": made.ledger_size,
                "ledger_root": made.ledger_root.hex(),
            },
        )
        # Whoever starts a draw, or the minute's job, signs the same state if it cannot be signed now.
        with suppress(UnavailableError):
            sign_checkpoint(raffle.id, made.ledger_size, services)
        return SealedRaffle(raffle.id, manifest, made)


def _sealed(raffle_id: RaffleId, manifest: Manifest, now: datetime, work: Work) -> Seal:
    try:
        pools = [_pool(raffle_id, number, draw, work) for number, draw in enumerate(manifest.draws, start=1)]
        head = update_ledger(raffle_id, work)
        return seal(
            manifest,
            milliseconds(now),
            work.seals.commitments(raffle_id),
            _in_order(manifest, work.seals.contribution_commitments(raffle_id)),
            pools,
            _state(manifest, head),
            _tally(raffle_id, manifest, work),
        )
    except DrawFaultError as error:
        raise SealRefusedError(
            f"The list cannot be sealed: {error.detail}.", fault=error.fault.value
        ) from error


def _pool(raffle_id: RaffleId, number: int, draw: PlannedDraw, work: Work) -> Pool:
    cut_off = None if draw.sold_before is None else from_milliseconds(draw.sold_before)
    return store_pool(raffle_id, number, work.seals.valid_runs(raffle_id, cut_off), work)


def _state(manifest: Manifest, head: LedgerHead) -> Checkpoint:
    return Checkpoint(manifest.log.log_key().name, head.size, head.root)


def _tally(raffle_id: RaffleId, manifest: Manifest, work: Work) -> Tally:
    """From the blocks' subtotals, which the pools, read from the orders, have to agree with.

    No fees are deducted: no processor tells any, and every share is one of the gross (`set_prizes`).
    """
    sales = work.blocks.subtotal(raffle_id).subtotal
    return Tally(
        sold=sales.valid_slots,
        voided=sales.voided_slots,
        unsold=manifest.slots - sales.sold_slots,
        gross=sales.valid_cents,
        fees=0,
    )


def _in_order(
    manifest: Manifest, commitments: Sequence[ContributionCommitment]
) -> list[ContributionCommitment]:
    """By draw and attempt, and then in the order in which M names the parties."""
    rank = {party: place for place, party in enumerate(manifest.contributors)}
    return sorted(commitments, key=lambda each: (each.draw, each.attempt, rank[each.party]))
