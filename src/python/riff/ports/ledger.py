"""The public ledger of a raffle and the pools of its draws: lists with a Merkle tree, only ever added to."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from riff.domain.audit.ledger_batch import LedgerBatch, LedgerEntry, LedgerHead
from riff.domain.audit.ledger_source import SourceEvent
from riff.domain.identifiers import RaffleId

if TYPE_CHECKING:  # every function imports this module, and few need the core's ledger
    from riff.domain.audit.pool_page import PoolPage
    from riff.domain.audit.signed_state import StatedOrder
    from riff.domain.audit.stored_nodes import NodeRange, NodeRun
    from riff_critical.ledger import Frontier, Note, VerifierKey


class LedgerStore(Protocol):
    """The ledgers of all raffles."""

    def lock(self, raffle_id: RaffleId) -> "Frontier":
        """The right edge of the ledger, which nobody else appends to until the transaction ends."""
        ...

    def unread(self, raffle_id: RaffleId) -> Iterator[SourceEvent]:
        """Every event of the raffle's stream and of its blocks' streams that was not read yet.

        What was committed, or written by this transaction, before the call; all of it at one instant, so that
        with an event everything is there that its writer saw.  Each stream in its order and without a gap;
        the streams are merged by instant.
        """
        ...

    def append(self, raffle_id: RaffleId, batch: LedgerBatch) -> None:
        """Store a batch of a ledger that this transaction has locked.

        Raises:
            IntegrityFailureError: the ledger has gone on, or an event or a sale was entered before.
        """
        ...

    def head(self, raffle_id: RaffleId) -> LedgerHead:
        """The ledger as it stands; of size 0 before the first entry."""
        ...

    def head_at(self, raffle_id: RaffleId, size: int) -> LedgerHead:
        """The ledger as it stood when it held `size` entries.

        Raises:
            NotFoundError: no batch ended there.
        """
        ...

    def frontier(self, raffle_id: RaffleId, size: int) -> bytes:
        """The right edge of the ledger when it held `size` entries, serialised.

        Raises:
            NotFoundError: no batch ended there.
        """
        ...

    def of_order(self, raffle_id: RaffleId, slot: int) -> tuple[LedgerEntry, ...]:
        """The SALE of the order that begins at a slot, and the VOID after it, as far as they are entered."""
        ...

    def entries(self, raffle_id: RaffleId, first: int, end: int) -> Iterator[bytes]:
        """The entries first .. end - 1, read as they are asked for."""
        ...

    def add_note(self, raffle_id: RaffleId, size: int, note: "Note", at: datetime) -> None:
        """Keep a signed checkpoint of a size at which a batch ended; earlier signatures stay."""
        ...

    def checkpoint(self, raffle_id: RaffleId, size: int) -> "Note | None":
        """The signed checkpoint of that size with every signature so far, or None."""
        ...

    def checkpoints(self, raffle_id: RaffleId, least: int, most: int) -> Iterator["Note"]:
        """The signed checkpoints of the sizes least .. most, smallest first, read as they are asked for."""
        ...

    def stated(self, raffle_id: RaffleId, slot: int, most: int) -> "StatedOrder":
        """What the signed states of at most so many entries say of the order that begins at a slot."""
        ...

    def cosigned(self, raffle_id: RaffleId, key: "VerifierKey") -> int:
        """The size of the largest checkpoint that carries a signature under a key; 0 if there is none."""
        ...

    def behind(self) -> tuple[RaffleId, ...]:
        """Raffles whose ledger may have something to enter or to sign."""
        ...


class PoolStore(Protocol):
    """The pools D of sealed raffles, in pages; `draw` counts from 1."""

    def add(self, raffle_id: RaffleId, draw: int, pages: "Sequence[PoolPage]") -> None:
        """Store pages.

        Raises:
            IntegrityFailureError: the pool has such a page already.
        """
        ...

    def page(self, raffle_id: RaffleId, draw: int, number: int) -> "PoolPage | None":
        """The page of that number, from 0, or None."""
        ...

    def pages_at(self, raffle_id: RaffleId, draws: Sequence[int], slot: int) -> "Mapping[int, PoolPage]":
        """By draw the last page that begins at or before a slot, where there is one."""
        ...

    def pages(self, raffle_id: RaffleId, draw: int) -> Iterator["PoolPage"]:
        """All pages in order, read as they are asked for."""
        ...


class TreeStore(Protocol):
    """Complete subtrees of Merkle trees, stored so that every proof takes O(log n) reads.

    Tree 0 of a raffle is its ledger; tree d is the pool of draw d.
    """

    def add(self, raffle_id: RaffleId, tree: int, runs: "Sequence[NodeRun]") -> None:
        """Store subtrees.

        Raises:
            IntegrityFailureError: a run begins where one was stored before.
        """
        ...

    def nodes(
        self, raffle_id: RaffleId, wanted: "Mapping[int, Sequence[NodeRange]]"
    ) -> "Mapping[int, tuple[NodeRun, ...]]":
        """By tree all stored runs that touch one of the ranges wanted of it, in any order."""
        ...
