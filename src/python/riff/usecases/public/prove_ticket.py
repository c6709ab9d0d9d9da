"""Prove to the holder of a ticket that it is in the ledger, and after the seal in every pool (SD/1, step 11).

Before the seal the proofs lead to the latest signed state of the ledger; afterwards to the one that is
sealed.  Everything is read from stored parts of the trees: O(log n) reads, however many tickets there are.
"""

from collections.abc import Mapping
from uuid import UUID

import attrs

from riff.domain.audit.ledger_batch import LedgerEntry, LedgerHead
from riff.domain.audit.ledger_salt import order_salt
from riff.domain.audit.ticket_proof import EarlierCheckpoint, ProvedEntry, ProvedPlace, TicketFile
from riff.domain.identifiers import RaffleId
from riff.errors import IntegrityFailureError, NotInLedgerYetError
from riff.ports.services import Services
from riff.ports.stores import Work
from riff.usecases.audit.ledger_proof import Wanted, ledger_groups, prove_from_nodes
from riff.usecases.audit.update_ledger import LEDGER_TREE
from riff.usecases.draws.pool_storage import ListedPlace, places_in_pools
from riff.usecases.public.find_ticket import FoundTicket, find_ticket
from riff_critical.draw import Manifest, Seal
from riff_critical.ledger import Checkpoint, Note, Sale, Void, parse_entry, salted_hash

type Sealed = tuple[Manifest, Seal]


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
        sealed = work.seals.sealed(found.raffle.id)
        entries = _entries(found, work)
        earlier, note = _notes(found.raffle.id, entries[0].index, sealed, work)
        head = _head(note)
        if max(entry.index for entry in entries) >= head.size:
            raise NotInLedgerYetError("The ticket is not in a signed ledger yet; try again in a minute.")
        file = _file(found, _Stated(entries, head, earlier), sealed, work)
    return TicketProof(file, head, note, sealed=sealed is not None)


@attrs.frozen
class _Stated:
    """What the ledger says of a ticket, and its states that the proofs connect."""

    entries: tuple[LedgerEntry, ...]
    head: LedgerHead
    earlier: Note | None


def _entries(found: FoundTicket, work: Work) -> tuple[LedgerEntry, ...]:
    """The SALE, and if there is one the VOID."""
    ticket = found.ticket
    kinds = (Sale.KIND,) if ticket.void is None else (Sale.KIND, Void.KIND)
    entries = [work.ledger.entry(found.raffle.id, kind, ticket.order.first_slot) for kind in kinds]
    entered = tuple(entry for entry in entries if entry is not None)
    if len(entered) < len(kinds):
        raise NotInLedgerYetError("The ticket is not in the ledger yet; try again in a minute.")
    return entered


def _notes(raffle_id: RaffleId, index: int, sealed: Sealed | None, work: Work) -> tuple[Note | None, Note]:
    """The state to which the proofs lead; and of a sealed one an earlier one, if witnesses cosigned it."""
    if sealed is None:
        note = work.ledger.latest_checkpoint(raffle_id)
        if note is None:
            raise NotInLedgerYetError("The ledger is not signed yet; try again in a minute.")
        return None, note
    manifest, seal = sealed
    ends = work.ledger.first_and_last(raffle_id, index + 1, seal.ledger_size)
    if ends is None or _head(ends[1]).size != seal.ledger_size:
        raise NotInLedgerYetError("The sealed ledger is not signed yet; try again in a minute.")
    first, last = ends
    if _is_cosigned(first, manifest):
        return first, last
    rest = work.ledger.checkpoints(raffle_id, _head(first).size + 1, seal.ledger_size)
    return next((note for note in rest if _is_cosigned(note, manifest)), None), last


def _file(found: FoundTicket, stated: _Stated, sealed: Sealed | None, work: Work) -> TicketFile:
    raffle_id, order, entries = found.raffle.id, found.ticket.order, stated.entries
    salt = order_salt(found.keys, order.id)
    recorded = parse_entry(entries[0].text)
    if not isinstance(recorded, Sale) or recorded.order != salted_hash(salt, str(order.id)):
        raise IntegrityFailureError("The ledger holds another order in the place of this one.")
    listed = {} if sealed is None or found.ticket.void else _listed(raffle_id, recorded, sealed, work)
    old = None if stated.earlier is None else _head(stated.earlier)
    wanted = Wanted(stated.head, entries, old)
    needs = wanted.needs()
    pools = {draw: each.nodes() for draw, each in listed.items()}
    nodes = work.trees.nodes(raffle_id, {LEDGER_TREE: needs.nodes, **pools})
    proved = prove_from_nodes(wanted, nodes[LEDGER_TREE], ledger_groups(raffle_id, needs, work))
    sale, *void = [
        ProvedEntry(each.index, each.text, proof)
        for each, proof in zip(entries, proved.inclusions, strict=True)
    ]
    return TicketFile(
        order=str(order.id),
        validation=found.ticket.validation_number,
        salt=salt,
        sale=sale,
        void=void[0] if void else None,
        places=tuple(
            ProvedPlace(draw, each.place.range, each.place.position, each.prove(nodes[draw]))
            for draw, each in listed.items()
        ),
        checkpoint=None if stated.earlier is None else EarlierCheckpoint(stated.earlier, proved.consistency),
    )


def _head(note: Note) -> LedgerHead:
    stated = Checkpoint.from_text(note.text)
    return LedgerHead(stated.size, stated.root)


def _listed(raffle_id: RaffleId, sale: Sale, sealed: Sealed, work: Work) -> Mapping[int, ListedPlace]:
    """The place in the pool of every draw that the order was sold in time for."""
    manifest, seal = sealed
    pools = {
        draw: pool
        for draw, (planned, pool) in enumerate(zip(manifest.draws, seal.pools, strict=True), start=1)
        if planned.sold_before is None or sale.at < planned.sold_before
    }
    listed = places_in_pools(raffle_id, sale.first, pools, work)
    if listed.keys() != pools.keys() or any(each.place.count != sale.count for each in listed.values()):
        raise IntegrityFailureError("A valid order is not in the pool of a draw.")
    return listed


def _is_cosigned(note: Note, manifest: Manifest) -> bool:
    """Whether as many witnesses as M asks for have cosigned."""
    keys = manifest.log.witness_keys()
    return sum(any(True for _ in note.by(key)) for key in keys) >= manifest.log.quorum
