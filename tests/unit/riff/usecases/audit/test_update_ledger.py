"""What happened is entered once, in order, and shows nobody's name."""

import json
from collections.abc import Callable, Mapping
from datetime import timedelta

import attrs
import pytest

from riff.domain.audit.event_catalogue import EventKind
from riff.domain.audit.ledger_batch import LedgerHead
from riff.domain.audit.ledger_salt import official_hash, order_salt
from riff.domain.audit.significant_event import Fact, SignificantEvent
from riff.domain.identifiers import OrderId, StreamId
from riff.errors import IntegrityFailureError
from riff.usecases.audit.update_ledger import update_ledger
from riff.usecases.raffles.change_price import ChangePrice, change_price
from riff.usecases.raffles.close_sales import CloseSales, close_sales
from riff.usecases.raffles.resume_raffle import ResumeRaffle, resume_raffle
from riff.usecases.raffles.suspend_raffle import SuspendRaffle, suspend_raffle
from riff.usecases.sales.reprint_ticket import ReprintTicket, reprint_ticket
from riff.usecases.sales.void_order import VoidOrder, void_order
from riff_critical.ledger import (
    EMPTY_ROOT,
    Close,
    CloseCause,
    Drawn,
    Levels,
    Price,
    Record,
    Reprint,
    Sale,
    Sealed,
    Suspend,
    Upload,
    Void,
    parse_entry,
    salted_hash,
)
from tests.support.booth import Booth
from tests.support.builders import a_raffle, raffle_keys
from tests.support.builders.units import a_request
from tests.support.fakes import NOON
from tests.support.offline_unit import OfflineUnit
from tests.support.stage import Stage

NOON_MS = int(NOON.timestamp()) * 1000


def update(stage: Stage) -> LedgerHead:
    with stage.fakes.transactions.begin() as work:
        return update_ledger(stage.raffle.id, work)


def entries(stage: Stage) -> list[bytes]:
    update(stage)
    with stage.fakes.transactions.begin() as work:
        return list(work.ledger.entries(stage.raffle.id, 0, 1_000_000))


def records(stage: Stage) -> list[Record]:
    return [parse_entry(text) for text in entries(stage)]


def happen(stage: Stage, kind: EventKind, facts: Mapping[str, Fact], actor: str = "staff:kim") -> None:
    with stage.fakes.transactions.begin() as work:
        work.events.append(StreamId(stage.raffle.id), kind, stage.fakes.clock.now(), actor, facts)


def void(stage: Stage, order_id: OrderId, reason: str = "Robin Buyer bought twice") -> None:
    void_order(VoidOrder(stage.manager, order_id, reason), stage.fakes.services)


def streams(stage: Stage) -> dict[StreamId, tuple[SignificantEvent, ...]]:
    return stage.fakes.transactions.tables.events


def test_an_empty_ledger_has_the_root_of_nothing() -> None:
    assert update(Stage.of()) == LedgerHead(0, EMPTY_ROOT)


def test_a_sale_shows_slots_and_price_and_who_it_is_only_to_its_holder() -> None:
    stage = Stage.of()
    ticket = stage.buy().ticket
    assert ticket is not None
    order = ticket.order
    salt = order_salt(raffle_keys(), order.id)
    (sale,) = records(stage)
    assert sale == Sale(
        at=NOON_MS,
        order=salted_hash(salt, str(order.id)),
        first=order.first_slot,
        count=10,
        validation=salted_hash(salt, ticket.validation_number),
        package=str(order.package_id),
        amount=2000,
        seller="processor:payments",
    )


@pytest.mark.parametrize(
    ("kind", "word"), [(EventKind.ORDER_VOIDED, "voided"), (EventKind.ORDER_REFUNDED, "refunded")]
)
def test_a_void_follows_its_sale_and_hides_its_reason(kind: EventKind, word: str) -> None:
    stage = Stage.of()
    order_id = stage.buy().checkout.id
    facts: dict[str, Fact] = {"order": str(order_id), "first_slot": 0, "end_slot": 10, "amount": 2000}
    happen(stage, kind, {**facts, "reason": "Robin Buyer bought twice"})
    sale, voided = records(stage)
    assert isinstance(sale, Sale)
    assert isinstance(voided, Void)
    assert (voided.order, voided.first, voided.count, voided.amount) == (sale.order, 0, 10, 2000)
    said, _, hidden = voided.reason.partition(" ")
    assert (said, len(hidden)) == (word, 64)


def test_no_entry_names_a_person() -> None:
    stage = Stage.of()
    ticket = stage.buy().ticket
    assert ticket is not None
    reprint_ticket(
        ReprintTicket(stage.manager, ticket.order.id, "Robin lost it", a_request("reprint_ticket staff:kim")),
        stage.fakes.services,
    )
    suspend_raffle(SuspendRaffle(stage.manager, stage.raffle.id, "Kim is ill"), stage.fakes.services)
    void(stage, ticket.order.id)
    text = b"".join(entries(stage))
    for secret in (
        ticket.validation_number,
        str(ticket.order.id),
        "Robin",
        "Kim",
        stage.manager.name,
    ):
        assert secret.encode() not in text


def test_enters_what_officials_do() -> None:
    stage = Stage.of()
    services, who = stage.fakes.services, stage.manager
    order_id = stage.buy().checkout.id
    reprint_ticket(
        ReprintTicket(who, order_id, "unreadable", a_request("reprint_ticket staff:kim")), services
    )
    change_price(ChangePrice(who, stage.raffle.id, stage.package.id, 1500, "late"), services)
    suspend_raffle(SuspendRaffle(who, stage.raffle.id, "power cut"), services)
    resume_raffle(ResumeRaffle(who, stage.raffle.id, "power is back"), services)
    close_sales(CloseSales(who, stage.raffle.id, "stadium is empty"), services)
    _, reprint, price, suspended, resumed, closed = records(stage)
    official = official_hash(raffle_keys(), who.label)
    assert isinstance(reprint, Reprint)
    assert (reprint.copy, reprint.seller) == (1, "staff")
    assert isinstance(price, Price)
    in_force = NOON_MS + 5000
    assert price == Price(in_force, str(stage.package.id), 10, 1500, official)
    assert [(each.resumed, each.official) for each in (suspended, resumed) if isinstance(each, Suspend)] == [
        (False, official),
        (True, official),
    ]
    assert closed == Close(NOON_MS, CloseCause.OFFICIAL)


def test_enters_the_scheduled_close_as_such() -> None:
    stage = Stage.of()
    happen(stage, EventKind.SALES_CLOSED, {}, actor="system:schedule")
    assert records(stage) == [Close(NOON_MS, CloseCause.SCHEDULE)]


def a_unit(booth: Booth, sales: int) -> OfflineUnit:
    unit = OfflineUnit(booth.stage.fakes.services, booth.actor)
    for minute in range(sales):
        unit.sell(NOON - timedelta(minutes=minute))
    return unit


def a_booth() -> Booth:
    return Booth.selling(a_raffle().active().on_sale(NOON - timedelta(hours=1), NOON + timedelta(hours=5)))


def uploads(stage: Stage) -> list[Upload]:
    return [record for record in records(stage) if isinstance(record, Upload)]


def test_enters_every_entry_of_a_chain_that_a_unit_handed_in() -> None:
    """In the order of the chain, although the unit's clock went backwards; each head is a ticket's mark."""
    booth = a_booth()
    unit = a_unit(booth, 3)
    unit.upload()
    links = unit.memory.links[1:]
    expected = [Upload(NOON_MS, booth.actor.label, link.position, link.head) for link in links]
    assert uploads(booth.stage) == expected
    assert [record.KIND for record in records(booth.stage)] == ["SALE"] * 3 + ["UPLOAD"] * 3


def test_enters_an_entry_once_however_often_it_is_handed_in() -> None:
    booth = a_booth()
    unit = a_unit(booth, 2)
    unit.upload()
    assert len(uploads(booth.stage)) == 2
    unit.upload()
    unit.sell(NOON)
    unit.upload()
    unit.upload()
    assert [upload.position for upload in uploads(booth.stage)] == [1, 2, 3]


def test_enters_what_was_taken_of_a_chain_that_was_refused() -> None:
    booth = a_booth()
    unit = a_unit(booth, 1)
    sale = unit.sell(NOON)
    unit.keep(sale)
    assert unit.upload().refused
    assert [upload.position for upload in uploads(booth.stage)] == [1, 2]


def test_refuses_an_upload_that_does_not_tell_every_entry() -> None:
    stage = Stage.of()
    told: dict[str, Fact] = {"position": 3, "records": 2, "heads": "ab" * 32}
    happen(stage, EventKind.SALES_UPLOADED, told, actor="unit:1")
    with pytest.raises(IntegrityFailureError):
        update(stage)


def test_enters_seal_and_draws() -> None:
    stage = Stage.of()
    happen(stage, EventKind.RAFFLE_SEALED, {"seal": "ab" * 32})
    happen(stage, EventKind.DRAW_STARTED, {"draw": 1, "attempt": 2})
    happen(stage, EventKind.DRAW_CONCLUDED, {"draw": 1, "attempt": 2, "transcript": "cd" * 32})
    happen(stage, EventKind.DRAW_SUBSTITUTED, {"draw": 1, "attempt": 2, "transcript": "ef" * 32})
    assert records(stage) == [
        Sealed(NOON_MS, b"\xab" * 32),
        Drawn(NOON_MS, 1, 2, None),
        Drawn(NOON_MS, 1, 2, b"\xcd" * 32),
        Drawn(NOON_MS, 1, 2, b"\xef" * 32),
    ]


def test_enters_nothing_twice() -> None:
    stage = Stage.of()
    stage.buy("key-1")
    first = update(stage)
    assert update(stage) == first
    stage.buy("key-2")
    assert update(stage).size == 2


def test_the_root_is_that_of_the_entries_however_often_it_was_updated() -> None:
    stage = Stage.of()
    for number in range(40):
        stage.buy(f"key-{number}")
        if number % 3 == 0:
            update(stage)
    head = update(stage)
    levels = Levels(entries(stage))
    assert (levels.size, levels.root()) == (head.size, head.root)


def test_writes_a_long_backlog_in_parts() -> None:
    stage = Stage.of()
    for number in range(2100):
        happen(stage, EventKind.DRAW_STARTED, {"draw": 1, "attempt": 1 + number % 9})
    head = update(stage)
    assert head.size == 2100
    assert len(stage.fakes.transactions.tables.frontiers[stage.raffle.id]) == 3


def test_a_void_waits_for_its_sale_although_a_clock_is_slow() -> None:
    stage = Stage.of()
    order_id = stage.buy().checkout.id
    stage.fakes.clock.set(NOON - timedelta(seconds=3))
    void(stage, order_id)
    happen(stage, EventKind.SALES_CLOSED, {})
    assert [record.KIND for record in records(stage)] == ["SALE", "VOID", "CLOSE"]


def test_a_void_of_a_sale_that_was_entered_before_does_not_wait() -> None:
    stage = Stage.of()
    order_id = stage.buy().checkout.id
    update(stage)
    void(stage, order_id)
    assert [record.KIND for record in records(stage)] == ["SALE", "VOID"]


def test_refuses_a_void_of_what_was_never_sold() -> None:
    stage = Stage.of()
    facts: dict[str, Fact] = {"order": str(stage.raffle.id), "first_slot": 0, "end_slot": 1}
    happen(stage, EventKind.ORDER_VOIDED, {**facts, "amount": 1, "reason": "r"})
    with pytest.raises(IntegrityFailureError):
        update(stage)
    assert stage.fakes.transactions.tables.entries == {}


def test_refuses_an_event_that_lacks_what_its_record_needs() -> None:
    stage = Stage.of()
    happen(stage, EventKind.RAFFLE_SEALED, {"words": "none"})
    with pytest.raises(IntegrityFailureError) as refusal:
        update(stage)
    assert "seal" in refusal.value.__notes__[0]


type Tampering = Callable[[tuple[SignificantEvent, ...]], tuple[SignificantEvent, ...]]


def _changed(events: tuple[SignificantEvent, ...]) -> tuple[SignificantEvent, ...]:
    record = events[1].record.replace(b'"price":2000', b'"price":1000')
    return (events[0], attrs.evolve(events[1], record=record), *events[2:])


def _removed(events: tuple[SignificantEvent, ...]) -> tuple[SignificantEvent, ...]:
    return (events[0], *events[2:])


def _repeated(events: tuple[SignificantEvent, ...]) -> tuple[SignificantEvent, ...]:
    return (*events[:2], *events[1:])


def _renamed(events: tuple[SignificantEvent, ...]) -> tuple[SignificantEvent, ...]:
    return (events[0], attrs.evolve(events[1], kind=EventKind.SALES_CLOSED), *events[2:])


@pytest.mark.parametrize("tampering", [_changed, _removed, _repeated, _renamed])
def test_refuses_a_stream_that_is_not_what_it_was(tampering: Tampering) -> None:
    stage = Stage.of()
    for number in range(3):
        stage.buy(f"key-{number}")
    (stream,) = (
        stream for stream, events in streams(stage).items() if events[0].kind is EventKind.BLOCK_LEASED
    )
    streams(stage)[stream] = tampering(streams(stage)[stream])
    with pytest.raises(IntegrityFailureError):
        update(stage)
    assert stage.fakes.transactions.tables.entries == {}


def test_enters_what_its_own_transaction_wrote_and_forgets_it_with_it() -> None:
    stage = Stage.of()

    class UndoneError(Exception):
        pass

    with pytest.raises(UndoneError), stage.fakes.transactions.begin() as work:  # noqa: PT012 - the end of a transaction
        work.events.append(StreamId(stage.raffle.id), EventKind.SALES_CLOSED, NOON, "staff:kim", {})
        assert update_ledger(stage.raffle.id, work).size == 1
        raise UndoneError
    assert update(stage).size == 0


def test_an_entry_is_canonical_and_small() -> None:
    stage = Stage.of()
    stage.buy()
    (text,) = entries(stage)
    assert text == json.dumps(json.loads(text), sort_keys=True, separators=(",", ":")).encode()
    assert len(text) < 400
