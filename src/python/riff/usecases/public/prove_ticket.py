"""Prove to the holder of a ticket that it is in the ledger, and after the seal in every pool (SD/1, step 11).

Before the seal the proofs lead to the latest signed state of the ledger; afterwards to the one that is
sealed.  Everything is read from stored parts of the trees: O(log n) reads, however many tickets there are.
"""

from collections.abc import Mapping

import attrs

from riff.domain.audit.ledger_batch import LedgerEntry, LedgerHead
from riff.domain.audit.ledger_salt import order_salt
from riff.domain.audit.signed_state import SignedState, signed_head
from riff.domain.audit.ticket_proof import EarlierCheckpoint, ProvedEntry, ProvedPlace, TicketFile
from riff.domain.identifiers import RaffleId
from riff.errors import IntegrityFailureError, NotInLedgerYetError
from riff.ports.services import Services
from riff.ports.stores import Work
from riff.usecases.audit.ledger_proof import Wanted, prove_from_nodes
from riff.usecases.audit.update_ledger import LEDGER_TREE
from riff.usecases.draws.pool_storage import ListedPlace, places_in_pools
from riff.usecases.public.find_ticket import FoundTicket, find_ticket
from riff_critical.draw import Manifest, Seal
from riff_critical.encoding import MAX_INTEGER
from riff_critical.ledger import Note, Sale, parse_entry, salted_hash

type Sealed = tuple[Manifest, Seal]


@attrs.frozen
class ProveTicket:
    """Which ticket, by its validation number as printed or typed."""

    raffle_id: RaffleId
    validation_number: str = attrs.field(repr=False)


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
        MisreadTicketError: the validation number must be read again.
        NotFoundError: there is no such raffle or ticket.
        NotInLedgerYetError: the sale, or the void, is not in a signed state of the ledger yet.
        IntegrityFailureError: what is stored is not what was signed or sealed.
    """
    with services.transactions.begin() as work:
        found = find_ticket(query.raffle_id, query.validation_number, work)
        sealed = work.seals.sealed(found.raffle.id)
        stated = _stated(found, sealed, work)
        file = _file(found, stated, sealed, work)
    return TicketProof(file, stated.state.head, stated.state.note, sealed=sealed is not None)


@attrs.frozen
class _Stated:
    """What the ledger says of a ticket, and its states that the proofs connect.

    Attributes:
        entries: the SALE, and if there is one the VOID.
        state: the state that the proofs lead to.
        earlier: of a sealed state the first one with the sale that witnesses cosigned, if there is one.
    """

    entries: tuple[LedgerEntry, ...]
    state: SignedState
    earlier: tuple[Note, LedgerHead] | None = None


def _stated(found: FoundTicket, sealed: Sealed | None, work: Work) -> _Stated:
    """What the state says to which the proofs lead: the sealed one, or the latest."""
    most = MAX_INTEGER if sealed is None else sealed[1].ledger_size
    told = work.ledger.stated(found.raffle.id, found.ticket.order.first_slot, most)
    # The ticket was read before: of a void that was entered since it knows nothing.
    expected = 1 if found.ticket.void is None else 2
    entries = told.entries[:expected]
    if told.ends is None or len(entries) < expected or entries[-1].index >= told.ends[1].head.size:
        raise NotInLedgerYetError("The ticket is not in a signed ledger yet; try again in a minute.")
    first, last = told.ends
    if sealed is None:
        return _Stated(entries, last)
    if last.head.size != most:
        raise NotInLedgerYetError("The sealed ledger is not signed yet; try again in a minute.")
    return _Stated(entries, last, _earlier(found.raffle.id, first, most, sealed[0], work))


def _earlier(
    raffle_id: RaffleId, first: SignedState, most: int, manifest: Manifest, work: Work
) -> tuple[Note, LedgerHead] | None:
    """The first state from one on that witnesses cosigned."""
    if _is_cosigned(first.note, manifest):
        return first.note, first.head
    rest = work.ledger.checkpoints(raffle_id, first.head.size + 1, most)
    note = next((note for note in rest if _is_cosigned(note, manifest)), None)
    return None if note is None else (note, signed_head(note))


def _file(found: FoundTicket, stated: _Stated, sealed: Sealed | None, work: Work) -> TicketFile:
    raffle_id, order, entries = found.raffle.id, found.ticket.order, stated.entries
    salt = order_salt(found.keys, order.id)
    recorded = parse_entry(entries[0].text)
    if not isinstance(recorded, Sale) or recorded.order != salted_hash(salt, str(order.id)):
        raise IntegrityFailureError("The ledger holds another order in the place of this one.")
    listed = {} if sealed is None or found.ticket.void else _listed(raffle_id, recorded, sealed, work)
    earlier, old = stated.earlier or (None, None)
    wanted = Wanted(stated.state.head, entries, old)
    pools = {draw: each.nodes() for draw, each in listed.items()}
    nodes = work.trees.nodes(raffle_id, {LEDGER_TREE: wanted.nodes(), **pools})
    proved = prove_from_nodes(wanted, nodes[LEDGER_TREE], stated.state.frontier)
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
        checkpoint=None if earlier is None else EarlierCheckpoint(earlier, proved.consistency),
    )


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
