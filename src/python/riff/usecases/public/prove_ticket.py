"""Prove to the holder of a ticket that it is in the ledger, and after the seal in every pool (SD/1, step 11).

Before the seal the proofs lead to the latest signed state of the ledger; afterwards to the one that is
sealed.  Everything is read from stored parts of the trees: O(log n) reads, however many tickets there are.
"""

from collections.abc import Iterator
from uuid import UUID

import attrs

from riff.domain.audit.ledger_batch import LedgerEntry, LedgerHead
from riff.domain.audit.ledger_salt import order_salt
from riff.domain.audit.ticket_proof import EarlierCheckpoint, ProvedEntry, ProvedPlace, TicketFile
from riff.domain.identifiers import RaffleId
from riff.errors import IntegrityFailureError, NotInLedgerYetError
from riff.ports.services import Services
from riff.ports.stores import Work
from riff.usecases.audit.ledger_proof import Wanted, prove_ledger
from riff.usecases.draws.pool_storage import prove_place
from riff.usecases.public.find_ticket import FoundTicket, find_ticket
from riff_critical.draw import Manifest, Seal
from riff_critical.ledger import Checkpoint, Note, Sale, Void, parse_entry, salted_hash


@attrs.frozen
class ProveTicket:
    """Which ticket, by its order's name or its validation number."""

    raffle_id: RaffleId
    reference: UUID | str = attrs.field(repr=False)


@attrs.frozen
class TicketProof:
    """The proofs of a ticket.

    Attributes:
        file: all of them.
        head: the state of the ledger that they lead to.
        note: that state, signed.
        sealed: whether it is the sealed one.
    """

    file: TicketFile
    head: LedgerHead
    note: Note
    sealed: bool


def prove_ticket(query: ProveTicket, services: Services) -> TicketProof:
    """The proofs of a ticket.

    Raises:
        MisreadTicketError: the reference must be read again.
        NotFoundError: there is no such raffle or ticket.
        NotInLedgerYetError: the sale, or the void, is not in a signed state of the ledger yet.
        IntegrityFailureError: what is stored is not what was signed or sealed.
    """
    with services.transactions.begin() as work:
        found = find_ticket(query.raffle_id, query.reference, work)
        seal = work.seals.seal(found.raffle.id)
        note = _signed(found.raffle.id, seal, work)
        head = _head(note)
        file = _file(found, head, seal, work)
    return TicketProof(file, head, note, sealed=seal is not None)


def _signed(raffle_id: RaffleId, seal: Seal | None, work: Work) -> Note:
    ledger = work.ledger
    note = (
        ledger.latest_checkpoint(raffle_id)
        if seal is None
        else ledger.checkpoint(raffle_id, seal.ledger_size)
    )
    if note is None:
        raise NotInLedgerYetError("The ledger is not signed yet; try again in a minute.")
    return note


def _file(found: FoundTicket, head: LedgerHead, seal: Seal | None, work: Work) -> TicketFile:
    raffle_id, ticket = found.raffle.id, found.ticket
    kinds = (Sale.KIND,) if ticket.void is None else (Sale.KIND, Void.KIND)
    entries = tuple(_entry(raffle_id, kind, ticket.order.first_slot, head, work) for kind in kinds)
    manifest = None if seal is None else work.seals.manifest(raffle_id)
    earlier = None if manifest is None else _earlier(raffle_id, entries[0].index, head, manifest, work)
    old = None if earlier is None else _head(earlier)
    proved = prove_ledger(raffle_id, Wanted(head, entries, old), work)
    sale, *void = [
        ProvedEntry(each.index, each.text, proof)
        for each, proof in zip(entries, proved.inclusions, strict=True)
    ]
    salt = order_salt(found.keys, ticket.order.id)
    recorded = parse_entry(sale.text)
    if not isinstance(recorded, Sale) or recorded.order != salted_hash(salt, str(ticket.order.id)):
        raise IntegrityFailureError("The ledger holds another order in the place of this one.")
    return TicketFile(
        order=str(ticket.order.id),
        validation=ticket.validation_number,
        salt=salt,
        sale=sale,
        void=void[0] if void else None,
        places=() if void else tuple(_places(raffle_id, recorded, manifest, seal, work)),
        checkpoint=None if earlier is None else EarlierCheckpoint(earlier, proved.consistency),
    )


def _head(note: Note) -> LedgerHead:
    stated = Checkpoint.from_text(note.text)
    return LedgerHead(stated.size, stated.root)


def _entry(raffle_id: RaffleId, kind: str, slot: int, head: LedgerHead, work: Work) -> LedgerEntry:
    entry = work.ledger.entry(raffle_id, kind, slot)
    if entry is None or entry.index >= head.size:
        raise NotInLedgerYetError("The ticket is not in a signed ledger yet; try again in a minute.")
    return entry


def _places(
    raffle_id: RaffleId, sale: Sale, manifest: Manifest | None, seal: Seal | None, work: Work
) -> Iterator[ProvedPlace]:
    """The place in the pool of every draw that the order was sold in time for."""
    if manifest is None or seal is None:
        return
    for draw, (planned, pool) in enumerate(zip(manifest.draws, seal.pools, strict=True), start=1):
        if planned.sold_before is not None and sale.at >= planned.sold_before:
            continue
        proved = prove_place(raffle_id, draw, sale.first, pool, work)
        if proved is None or proved[0].count != sale.count:
            raise IntegrityFailureError("A valid order is not in the pool of a draw.")
        place, proof = proved
        yield ProvedPlace(draw, place.range, place.position, proof)


def _earlier(
    raffle_id: RaffleId, index: int, head: LedgerHead, manifest: Manifest, work: Work
) -> Note | None:
    """The first checkpoint that holds the sale and that enough witnesses have cosigned."""
    keys = manifest.log.witness_keys()
    for note in work.ledger.checkpoints(raffle_id, index + 1, head.size):
        if sum(any(True for _ in note.by(key)) for key in keys) >= manifest.log.quorum:
            return note
    return None
