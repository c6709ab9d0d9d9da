"""The contracts of `LedgerStore`, `TreeStore` and `PoolStore`."""

from collections.abc import Iterable
from datetime import timedelta
from hashlib import sha256

import attrs
import pytest

from riff.domain.audit.event_catalogue import EventKind
from riff.domain.audit.ledger_batch import LedgerBatch, LedgerEntry, LedgerHead
from riff.domain.audit.ledger_source import Reading, SourceBlock, SourceEvent
from riff.domain.audit.pool_page import PoolPage, paged
from riff.domain.audit.signed_state import SignedState, StatedOrder
from riff.domain.audit.significant_event import StreamHead
from riff.domain.audit.stored_nodes import NodeRun
from riff.domain.identifiers import RaffleId, StreamId
from riff.domain.raffles.raffle import Raffle
from riff.errors import IntegrityFailureError, NotFoundError
from riff.ports.stores import Work
from riff_critical.draw import Range
from riff_critical.encoding import MAX_INTEGER
from riff_critical.ledger import (
    EMPTY_ROOT,
    Checkpoint,
    Frontier,
    Note,
    Signature,
    SignatureType,
    VerifierKey,
    leaf_hash,
)
from riff_critical.lifecycle import RaffleState
from tests.support.builders import a_raffle, a_sale
from tests.support.contracts import Stores, undone
from tests.support.fakes import NOON


def an_event(work: Work, stream: StreamId, seconds: int = 0) -> StreamHead:
    """An event of no great significance, at noon or so much later."""
    at = NOON + timedelta(seconds=seconds)
    return work.events.append(stream, EventKind.SALES_CLOSED, at, "staff:kim", {"reason": "time"})


def entries_of(*texts: str, start: int = 0) -> tuple[LedgerEntry, ...]:
    """Entries in a row, which are about orders of one number each."""
    return tuple(
        LedgerEntry(start + place, "SALE", start + place, text.encode()) for place, text in enumerate(texts)
    )


def a_batch(work: Work, raffle_id: RaffleId, *texts: str, readings: tuple[Reading, ...] = ()) -> LedgerBatch:
    """The next batch of a ledger, which it locks."""
    frontier = work.ledger.lock(raffle_id)
    size = frontier.size
    for text in texts:
        frontier.append(leaf_hash(text.encode()))
    return LedgerBatch(size, entries_of(*texts, start=size), frontier.to_bytes(), readings)


def filled(stores: Stores, *texts: str) -> Raffle:
    """A raffle whose ledger holds a batch."""
    raffle = stores.raffle()
    append(stores, raffle, *texts)
    return raffle


def append(stores: Stores, raffle: Raffle, *texts: str) -> LedgerHead:
    """Append a batch; the head after it."""
    with stores.critical.begin() as work:
        work.ledger.append(raffle.id, a_batch(work, raffle.id, *texts))
        return work.ledger.head(raffle.id)


def a_note(stores: Stores, raffle: Raffle, *signers: str) -> Note:
    """A checkpoint of the ledger as it stands."""
    with stores.critical.begin() as work:
        head = work.ledger.head(raffle.id)
    signatures = (Signature(name, sha256(name.encode()).digest()[:4], b"s" * 64) for name in signers)
    return Note(Checkpoint("ledger/1", head.size, head.root).to_text(), tuple(signatures))


def pages_of(ranges: Iterable[Range]) -> list[PoolPage]:
    """The pages of a pool."""
    return [page for page, _ in paged(ranges)]


def unread(work: Work, raffle: Raffle) -> list[SourceEvent]:
    work.ledger.lock(raffle.id)
    return list(work.ledger.unread(raffle.id))


class LedgerStoreContract:
    def test_is_empty_at_first(self, stores: Stores) -> None:
        raffle = stores.raffle()
        with stores.critical.begin() as work:
            assert Frontier().to_bytes() == work.ledger.lock(raffle.id).to_bytes()
            assert LedgerHead(0, EMPTY_ROOT) == work.ledger.head(raffle.id)
            assert LedgerHead(0, EMPTY_ROOT) == work.ledger.head_at(raffle.id, 0)
            assert work.ledger.frontier(raffle.id, 0) == Frontier().to_bytes()
            assert work.ledger.stated(raffle.id, 0, MAX_INTEGER) == StatedOrder((), None)

    def test_gives_what_was_appended(self, stores: Stores) -> None:
        raffle = filled(stores, "a", "b", "c")
        after = append(stores, raffle, "d")
        with stores.reader.begin() as work:
            assert work.ledger.head(raffle.id) == after
            assert work.ledger.head_at(raffle.id, 3).size == 3
            assert list(work.ledger.entries(raffle.id, 1, 9)) == [b"b", b"c", b"d"]
            assert Frontier.from_bytes(work.ledger.frontier(raffle.id, 4)).root() == after.root
            assert work.ledger.of_order(raffle.id, 3) == (LedgerEntry(3, "SALE", 3, b"d"),)
            assert work.ledger.of_order(raffle.id, 4) == ()

    def test_gives_the_sale_of_an_order_before_its_void(self, stores: Stores) -> None:
        raffle = filled(stores, "a", "b")
        with stores.critical.begin() as work:
            batch = a_batch(work, raffle.id, "c")
            voided = attrs.evolve(batch.entries[0], kind="VOID", slot=0)
            work.ledger.append(raffle.id, attrs.evolve(batch, entries=(voided,)))
        with stores.reader.begin() as work:
            assert work.ledger.of_order(raffle.id, 0) == (LedgerEntry(0, "SALE", 0, b"a"), voided)

    def test_never_stood_between_two_batches(self, stores: Stores) -> None:
        raffle = filled(stores, "a", "b")
        with stores.reader.begin() as work:
            for ask in (work.ledger.head_at, work.ledger.frontier):
                with pytest.raises(NotFoundError):
                    ask(raffle.id, 1)

    def test_keeps_ledgers_apart(self, stores: Stores) -> None:
        raffle, other = filled(stores, "a"), filled(stores, "b")
        with stores.reader.begin() as work:
            assert [list(work.ledger.entries(each.id, 0, 5)) for each in (raffle, other)] == [[b"a"], [b"b"]]

    def test_forgets_a_batch_that_failed(self, stores: Stores) -> None:
        raffle = filled(stores, "a")
        with undone(stores.critical) as work:
            work.ledger.append(raffle.id, a_batch(work, raffle.id, "b"))
        with stores.reader.begin() as work:
            assert work.ledger.head(raffle.id).size == 1

    def test_refuses_a_second_history(self, stores: Stores) -> None:
        raffle = stores.raffle()
        with stores.critical.begin() as work:
            first, second = a_batch(work, raffle.id, "a"), a_batch(work, raffle.id, "b", "c")
            work.ledger.append(raffle.id, first)
        with pytest.raises(IntegrityFailureError), stores.critical.begin() as work:
            work.ledger.append(raffle.id, second)

    def test_refuses_an_order_that_was_entered(self, stores: Stores) -> None:
        raffle = filled(stores, "a")
        with stores.critical.begin() as work:
            batch = a_batch(work, raffle.id, "b")
        again = attrs.evolve(batch, entries=(attrs.evolve(batch.entries[0], slot=0),))
        with pytest.raises(IntegrityFailureError), stores.critical.begin() as work:
            work.ledger.append(raffle.id, again)

    def test_reads_the_streams_of_the_raffle_and_of_its_blocks(self, stores: Stores) -> None:
        raffle, other = stores.raffle(), stores.raffle()
        lease = stores.lease(raffle)
        with stores.critical.begin() as work:
            order, _ = a_sale(work, lease)
            an_event(work, StreamId(raffle.id), 1)
            an_event(work, StreamId(other.id))
        with stores.critical.begin() as work:
            found = unread(work, raffle)
        sale, closed = found[-2:]
        assert sale.block == SourceBlock(lease.id, lease.tag, lease.block.first_slot)
        assert (sale.kind, sale.stream, sale.sequence) == (EventKind.ORDER_SOLD, lease.stream, 1)
        assert (closed.kind, closed.stream) == (EventKind.SALES_CLOSED, StreamId(raffle.id))
        assert closed.block is None
        assert str(order.id).encode() in sale.record
        assert not [event for event in found if event.stream == other.id]

    def test_reads_what_its_own_transaction_wrote(self, stores: Stores) -> None:
        raffle = stores.raffle()
        with stores.critical.begin() as work:
            before = len(unread(work, raffle))
            an_event(work, StreamId(raffle.id))
            assert len(unread(work, raffle)) == before + 1

    def test_keeps_each_stream_in_its_order_although_a_clock_was_set_back(self, stores: Stores) -> None:
        raffle = stores.raffle()
        with stores.critical.begin() as work:
            for seconds in (30, 10, 20):
                an_event(work, StreamId(raffle.id), seconds)
            found = unread(work, raffle)
        assert [event.sequence for event in found] == sorted(event.sequence for event in found)

    def test_merges_streams_by_instant(self, stores: Stores) -> None:
        raffle = stores.raffle()
        lease = stores.lease(raffle)
        with stores.critical.begin() as work:
            an_event(work, StreamId(raffle.id), 10)
            _, lease = a_sale(work, lease, sold_at=NOON + timedelta(seconds=20))
            an_event(work, StreamId(raffle.id), 30)
            found = unread(work, raffle)[-3:]
        assert [raffle.id, lease.id, raffle.id] == [event.stream for event in found]

    def test_reads_on_where_it_stopped(self, stores: Stores) -> None:
        raffle = stores.raffle()
        stream = StreamId(raffle.id)
        with stores.critical.begin() as work:
            head = an_event(work, stream)
            reading = Reading(stream, StreamHead(), head)
            work.ledger.append(raffle.id, a_batch(work, raffle.id, "a", readings=(reading,)))
            an_event(work, stream)
        with stores.critical.begin() as work:
            (event,) = unread(work, raffle)
        assert (event.sequence, event.entered) == (head.sequence + 1, head)

    @pytest.mark.parametrize("start", [0, 1])
    def test_refuses_to_read_an_event_twice(self, start: int, stores: Stores) -> None:
        raffle = stores.raffle()
        stream = StreamId(raffle.id)
        digest = b"d" * 32
        with stores.critical.begin() as work:
            reading = Reading(stream, StreamHead(), StreamHead(2, digest))
            work.ledger.append(raffle.id, a_batch(work, raffle.id, readings=(reading,)))
        again = Reading(stream, StreamHead(start, digest if start else b""), StreamHead(3, digest))
        with pytest.raises(IntegrityFailureError), stores.critical.begin() as work:
            work.ledger.append(raffle.id, a_batch(work, raffle.id, readings=(again,)))

    def test_refuses_to_leave_an_event_out(self, stores: Stores) -> None:
        raffle = stores.raffle()
        reading = Reading(StreamId(raffle.id), StreamHead(4, b"d" * 32), StreamHead(5, b"e" * 32))
        with pytest.raises(IntegrityFailureError), stores.critical.begin() as work:
            work.ledger.append(raffle.id, a_batch(work, raffle.id, readings=(reading,)))

    def test_keeps_checkpoints_with_their_signatures(self, stores: Stores) -> None:
        raffle = filled(stores, "a")
        first = a_note(stores, raffle, "log")
        append(stores, raffle, "b")
        second = a_note(stores, raffle, "log")
        with stores.critical.begin() as work:
            work.ledger.add_note(raffle.id, 1, first, NOON)
            work.ledger.add_note(raffle.id, 2, second, NOON)
        with stores.reader.begin() as work:
            assert work.ledger.checkpoint(raffle.id, 1) == first
            assert work.ledger.checkpoint(raffle.id, 3) is None
            assert list(work.ledger.checkpoints(raffle.id, 1, 9)) == [first, second]
            assert list(work.ledger.checkpoints(raffle.id, 2, 9)) == [second]

    def test_says_what_signed_states_hold_of_an_order(self, stores: Stores) -> None:
        raffle = filled(stores, "a")
        states = []
        for text in "bcd":
            head = append(stores, raffle, text)
            note = a_note(stores, raffle, "log", "witness")
            with stores.critical.begin() as work:
                work.ledger.add_note(raffle.id, head.size, note, NOON)
                states.append(SignedState(note, work.ledger.frontier(raffle.id, head.size)))
        with stores.critical.begin() as work:
            batch = a_batch(work, raffle.id, "e")
            voided = attrs.evolve(batch.entries[0], kind="VOID", slot=1)
            work.ledger.append(raffle.id, attrs.evolve(batch, entries=(voided,)))
        sales = [LedgerEntry(index, "SALE", index, text.encode()) for index, text in enumerate("abcd")]
        second, third, fourth = states
        with stores.reader.begin() as work:
            stated = [
                work.ledger.stated(raffle.id, slot, most)
                for slot, most in ((0, 1), (0, 3), (1, MAX_INTEGER), (3, 9), (3, 3), (4, 9))
            ]
        assert stated == [
            StatedOrder((sales[0],), None),
            StatedOrder((sales[0],), (second, third)),
            StatedOrder((sales[1], voided), (second, fourth)),
            StatedOrder((sales[3],), (fourth, fourth)),
            StatedOrder((sales[3],), None),
            StatedOrder((), None),
        ]

    def test_adds_a_cosignature_and_keeps_the_first_of_a_key(self, stores: Stores) -> None:
        raffle = filled(stores, "a")
        note, cosigned = a_note(stores, raffle, "log"), a_note(stores, raffle, "witness")
        (signature,) = cosigned.signatures
        later = Note(cosigned.text, (Signature(signature.name, signature.key_id, b"t" * 64),))
        with stores.critical.begin() as work:
            work.ledger.add_note(raffle.id, 1, note, NOON)
            for each, seconds in ((cosigned, 1), (later, 2), (note, 3)):
                work.ledger.add_note(raffle.id, 1, each, NOON + timedelta(seconds=seconds))
        with stores.reader.begin() as work:
            assert work.ledger.checkpoint(raffle.id, 1) == Note(note.text, (*note.signatures, signature))

    def test_tells_what_a_key_signed_last(self, stores: Stores) -> None:
        raffle = filled(stores, "a")
        key = VerifierKey("witness", SignatureType.COSIGNATURE, b"k" * 32)
        append(stores, raffle, "b")
        with stores.critical.begin() as work:
            signature = Signature(key.name, key.key_id, b"s" * 72)
            note = Note(Checkpoint("ledger/1", 2, work.ledger.head(raffle.id).root).to_text(), (signature,))
            assert work.ledger.cosigned(raffle.id, key) == 0
            work.ledger.add_note(raffle.id, 2, note, NOON)
        with stores.reader.begin() as work:
            assert work.ledger.cosigned(raffle.id, key) == 2
            other = VerifierKey("another", SignatureType.COSIGNATURE, b"k" * 32)
            assert work.ledger.cosigned(raffle.id, other) == 0

    def test_refuses_to_sign_another_state_of_the_same_size(self, stores: Stores) -> None:
        raffle = filled(stores, "a")
        note = a_note(stores, raffle, "log")
        forked = Note(Checkpoint("ledger/1", 1, b"f" * 32).to_text(), note.signatures)
        with stores.critical.begin() as work:
            work.ledger.add_note(raffle.id, 1, note, NOON)
        with pytest.raises(IntegrityFailureError), stores.critical.begin() as work:
            work.ledger.add_note(raffle.id, 1, forked, NOON)

    def test_refuses_a_checkpoint_of_a_size_that_never_was(self, stores: Stores) -> None:
        raffle = filled(stores, "a")
        note = a_note(stores, raffle, "log")
        with pytest.raises(IntegrityFailureError), stores.critical.begin() as work:
            work.ledger.add_note(raffle.id, 7, note, NOON)

    @pytest.mark.parametrize(
        ("state", "behind"),
        [
            (RaffleState.DRAFT, False),
            (RaffleState.CONFIGURED, False),
            (RaffleState.ACTIVE, True),
            (RaffleState.SUSPENDED, True),
            (RaffleState.SALES_CLOSED, True),
            (RaffleState.DRAWING, True),
            (RaffleState.COMPLETED, False),
            (RaffleState.CANCELLED, False),
        ],
    )
    def test_may_be_behind_while_something_can_happen(
        self, state: RaffleState, *, behind: bool, stores: Stores
    ) -> None:
        raffle = stores.raffle()
        with stores.critical.begin() as work:
            work.raffles.update(attrs.evolve(work.raffles.lock(raffle.id), state=state))
        with stores.critical.begin() as work:
            assert behind == (raffle.id in work.ledger.behind())

    def test_is_behind_after_the_end_until_the_last_event_is_signed(self, stores: Stores) -> None:
        raffle = stores.raffle()
        stream = StreamId(raffle.id)
        with stores.critical.begin() as work:
            work.raffles.update(attrs.evolve(work.raffles.lock(raffle.id), state=RaffleState.COMPLETED))
            head = an_event(work, stream)
        assert self._behind(stores, raffle)
        with stores.critical.begin() as work:
            reading = Reading(stream, StreamHead(), head)
            work.ledger.append(raffle.id, a_batch(work, raffle.id, "a", readings=(reading,)))
        assert self._behind(stores, raffle)
        note = a_note(stores, raffle, "log")
        with stores.critical.begin() as work:
            work.ledger.add_note(raffle.id, 1, note, NOON)
        assert not self._behind(stores, raffle)

    @staticmethod
    def _behind(stores: Stores, raffle: Raffle) -> bool:
        with stores.critical.begin() as work:
            return raffle.id in work.ledger.behind()


class TreeStoreContract:
    def test_gives_the_runs_that_touch_a_range(self, stores: Stores) -> None:
        raffle = stores.raffle()
        runs = [
            NodeRun(4, 0, b"a" * 512),
            NodeRun(4, 16, b"b" * 64),
            NodeRun(4, 18, b"c" * 32),
            NodeRun(8, 0, b"d" * 32),
            NodeRun(8, 16, b"e" * 32),
        ]
        with stores.critical.begin() as work:
            work.trees.add(raffle.id, 0, runs)
            work.trees.add(raffle.id, 1, [NodeRun(4, 0, b"f" * 32)])
        with stores.reader.begin() as work:
            found = work.trees.nodes(raffle.id, {0: [(4, 16), (8, 0)], 1: [(4, 0)], 2: [(4, 0)]})
            assert {tree: set(touched) for tree, touched in found.items()} == {
                0: set(runs[1:4]),
                1: {NodeRun(4, 0, b"f" * 32)},
                2: set(),
            }
            assert work.trees.nodes(raffle.id, {0: [(12, 0)], 1: []}) == {0: (), 1: ()}

    def test_refuses_a_run_that_is_there(self, stores: Stores) -> None:
        raffle = stores.raffle()
        with stores.critical.begin() as work:
            work.trees.add(raffle.id, 0, [NodeRun(4, 0, b"a" * 32)])
        with pytest.raises(IntegrityFailureError), stores.critical.begin() as work:
            work.trees.add(raffle.id, 0, [NodeRun(4, 0, b"b" * 32)])


class PoolStoreContract:
    def test_gives_the_pages_of_a_pool(self, stores: Stores) -> None:
        raffle = stores.raffle(a_raffle().active())
        pages = pages_of((10 + 5 * place, 3) for place in range(600))
        with stores.critical.begin() as work:
            work.pools.add(raffle.id, 1, pages[:2])
            work.pools.add(raffle.id, 1, pages[2:])
        with stores.reader.begin() as work:
            assert list(work.pools.pages(raffle.id, 1)) == pages
            assert work.pools.page(raffle.id, 1, 2) == pages[2]
            assert work.pools.page(raffle.id, 1, len(pages)) is None
            assert list(work.pools.pages(raffle.id, 2)) == []

    @pytest.mark.parametrize(("slot", "number"), [(9, None), (10, 0), (89, 0), (90, 1), (9999, 37)])
    def test_finds_the_page_that_a_slot_would_be_in(
        self, slot: int, number: int | None, stores: Stores
    ) -> None:
        raffle = stores.raffle()
        with stores.critical.begin() as work:
            work.pools.add(raffle.id, 1, pages_of((10 + 5 * place, 3) for place in range(600)))
            work.pools.add(raffle.id, 2, pages_of([(5, 4)]))
        with stores.reader.begin() as work:
            pages = work.pools.pages_at(raffle.id, [1, 2, 3], slot)
        found = {} if number is None else {1: number}
        assert {draw: page.number for draw, page in pages.items()} == found | {2: 0}

    def test_refuses_a_page_that_is_there(self, stores: Stores) -> None:
        raffle = stores.raffle()
        (page,) = pages_of([(0, 1)])
        with stores.critical.begin() as work:
            work.pools.add(raffle.id, 1, [page])
        with pytest.raises(IntegrityFailureError), stores.critical.begin() as work:
            work.pools.add(raffle.id, 1, [page])
