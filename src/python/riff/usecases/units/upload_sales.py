"""Take in what a sales unit sold while it was out of reach (GLI-31 2.6.2, 6.1.4).

Every record is taken once, in the order of the unit's chain, however often it is sent.  A sale counts by its
own instant: one that was made before the close is taken after it, until the raffle is reconciled.  One that
was made before a cancellation is taken at any time, so that the books know whom to pay back.  A record that
cannot be a sale is not passed over, since its ticket is in somebody's hands: nothing behind it is taken, the
unit stops, and people decide.
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final

import attrs

from riff.domain.accounts.actor import Actor
from riff.domain.audit.event_catalogue import EventKind
from riff.domain.audit.significant_event import Fact
from riff.domain.identifiers import BlockId, OrderId, StreamId
from riff.domain.money import Money
from riff.domain.raffles.package import Package
from riff.domain.raffles.raffle import Raffle
from riff.domain.sales.attended_sale import Tender
from riff.domain.sales.leased_block import LeasedBlock
from riff.domain.units.offline_sale import OfflineSale, RecordRefusal, read_record
from riff.domain.units.sales_unit import Enrolment, SalesUnit
from riff.domain.units.uploaded_record import UploadedRecord
from riff.errors import (
    LeaseLostError,
    NotFoundError,
    SalesCapReachedError,
    StateRefusesError,
    StockExhaustedError,
    UploadGapError,
)
from riff.ports.services import Services
from riff.ports.stores import Work
from riff.usecases.sales.sell_attended import SellAttended, sell_attended
from riff.usecases.units.calling_unit import calling_unit
from riff.usecases.units.managed_unit import record
from riff_critical.lifecycle import RaffleState, SalesUnitEvent, SalesUnitState
from riff_critical.memory import Link, Mark
from riff_critical.selling import Channel
from riff_critical.selling.voiding import REFUNDS_OPEN

# A unit's clock is set at every synchronisation; one that differs from ours by more than this is wrong.
_TOLERANCE: Final = timedelta(minutes=2)
# Whoever can still speak hands in; a lost unit is found first, and a closed one has nothing left.
_HANDING_IN: Final = frozenset(
    {SalesUnitState.ENROLLED, SalesUnitState.ACTIVE, SalesUnitState.CLOSING, SalesUnitState.SUSPENDED}
)


@attrs.frozen
class UploadSales:
    """What the unit hands in.

    Attributes:
        actor: the sales unit.
        position: how many records stand before these in its chain.
        records: bytes, in the order of the chain.
        mark: of the chain after the last one.
    """

    actor: Actor
    position: int
    records: tuple[bytes, ...]
    mark: Mark


@attrs.frozen
class RefusedRecord:
    """The record at which the taking in stopped."""

    position: int
    cause: RecordRefusal


@attrs.frozen
class UploadedSales:
    """How far the unit's chain is stored: it may drop the records up to this mark.

    Attributes:
        mark: of the chain as far as it is stored.
        taken: how many records were taken now.
        refused: the record that was not taken, if there is one.
        state: of the unit.
    """

    mark: Mark
    taken: int
    refused: RefusedRecord | None
    state: SalesUnitState


@attrs.frozen
class _Upload:
    """What one upload works with."""

    unit: SalesUnit
    enrolment: Enrolment
    raffle: Raffle
    packages: tuple[Package, ...]
    actor: Actor
    now: datetime


def upload_sales(command: UploadSales, services: Services) -> UploadedSales:
    """How far the unit's chain is stored afterwards.

    Raises:
        StateRefusesError: the unit serves no raffle, is closed, in error or lost, or the raffle is
            reconciled and was not cancelled.
        UploadGapError: records before these are missing.
    """
    now = services.clock.now()
    with services.transactions.begin() as work:
        upload = _upload(command.actor, now, work)
        end = work.uploads.end(upload.enrolment)
        if command.position > end.position:
            raise UploadGapError("Records before these are missing.", expected=end.position)
        new = command.records[end.position - command.position :]
        if not _leads_on(command, end, new, upload.enrolment, work):
            refused = RefusedRecord(end.position + 1, RecordRefusal.FORKED)
            return _stopped(upload, end, [], refused, work)
        return _take_in(upload, end, new, work, services)


def _upload(actor: Actor, now: datetime, work: Work) -> _Upload:
    unit = calling_unit(actor, work)
    if unit.enrolment_id is None or unit.state not in _HANDING_IN:
        raise StateRefusesError(
            f"A sales unit that is {unit.state.value} hands nothing in.",
            state=unit.state.value,
            action="upload",
        )
    enrolment = work.units.enrolment(unit.enrolment_id)
    raffle = work.raffles.lock(enrolment.raffle_id)
    if raffle.state not in REFUNDS_OPEN:
        raise StateRefusesError(
            f"A raffle that is {raffle.state.value} takes no sales in.",
            state=raffle.state.value,
            action="upload",
        )
    return _Upload(unit, enrolment, raffle, work.raffles.packages(raffle.id), actor, now)


def _leads_on(
    command: UploadSales, end: Link, new: tuple[bytes, ...], enrolment: Enrolment, work: Work
) -> bool:
    """Whether what was handed in before is the same, and what is new ends at the mark that came with it."""
    known = command.records[: end.position - command.position]
    if known != work.uploads.records(enrolment.id, command.position, len(known)):
        return False
    link = end
    for one in new:
        link = link.after(one)
    behind = command.position + len(command.records) < end.position
    return behind or link.mark == command.mark


def _take_in(
    upload: _Upload, end: Link, new: tuple[bytes, ...], work: Work, services: Services
) -> UploadedSales:
    leases = {lease.id: lease for lease in work.blocks.holdings(upload.raffle.id, upload.unit.holder)}
    link, taken = end, list[Link]()
    for one in new:
        cause = _take(one, link.after(one), upload, leases, services)
        if cause is not None:
            refused = RefusedRecord(link.position + 1, cause)
            return _stopped(upload, link, taken, refused, work)
        link = link.after(one)
        taken.append(link)
    _record_upload(upload, taken, work)
    return UploadedSales(link.mark, len(taken), None, upload.unit.state)


def _take(
    one: bytes, link: Link, upload: _Upload, leases: dict[BlockId, LeasedBlock], services: Services
) -> RecordRefusal | None:
    """Take one record as a sale, behind a savepoint; or why it is none."""
    sale = read_record(one)
    if sale is None:
        return RecordRefusal.UNREADABLE
    cause = next(_objections(sale, upload, leases), None)
    if cause is not None:
        return cause
    try:
        with services.transactions.begin() as work:
            if _is_known(sale.order_id, work):
                return RecordRefusal.KNOWN_ORDER
            leases[sale.block_id] = _sell(sale, link, upload, leases[sale.block_id], work)
            work.uploads.append(
                UploadedRecord(
                    enrolment_id=upload.enrolment.id,
                    position=link.position,
                    record=one,
                    head=link.head,
                    order_id=sale.order_id,
                    received_at=upload.now,
                )
            )
    except LeaseLostError:
        return RecordRefusal.OUT_OF_ORDER
    except (StockExhaustedError, SalesCapReachedError):
        return RecordRefusal.LIMIT_REACHED
    return None


def _is_known(order_id: OrderId, work: Work) -> bool:
    """Whether the name is taken: a payment that comes for an online order must find it without numbers."""
    for find in (work.checkouts.get, work.orders.get):
        with suppress(NotFoundError):
            find(order_id)
            return True
    return False


def _objections(
    sale: OfflineSale, upload: _Upload, leases: dict[BlockId, LeasedBlock]
) -> Iterator[RecordRefusal]:
    lease = leases.get(sale.block_id)
    if lease is None:
        yield RecordRefusal.FOREIGN_BLOCK
    elif sale.first_slot != lease.block.next_slot or sale.numbers > lease.block.slots_left:
        yield RecordRefusal.OUT_OF_ORDER
    elif not _inside_window(sale.sold_at, lease.sell_until, upload):
        yield RecordRefusal.OUTSIDE_WINDOW
    package = _package(sale, upload)
    if package is None:
        yield RecordRefusal.UNKNOWN_PACKAGE
    elif sale.price_minor not in {package.price_minor, *(price.price_minor for price in package.earlier)}:
        yield RecordRefusal.UNKNOWN_PRICE


def _inside_window(sold_at: datetime, sell_until: datetime, upload: _Upload) -> bool:
    closed_at = upload.raffle.closed_at or sell_until
    # Nobody sold before the logon: a sale dated back would take part in a draw that it came too late for.
    enrolled_at = upload.enrolment.enrolled_at - _TOLERANCE
    return (
        max(upload.raffle.window.opens_at, enrolled_at) <= sold_at < min(sell_until, closed_at)
        and sold_at <= upload.now + _TOLERANCE
    )


def _package(sale: OfflineSale, upload: _Upload) -> Package | None:
    for package in upload.packages:
        if package.id == sale.package_id and Channel.SALES_UNIT in package.channels:
            return package if package.numbers == sale.numbers else None
    return None


def _sell(sale: OfflineSale, link: Link, upload: _Upload, lease: LeasedBlock, work: Work) -> LeasedBlock:
    package = _package(sale, upload)
    if package is None:
        raise RuntimeError("the package of a sale is looked up before it is sold")
    command = SellAttended(
        order_id=sale.order_id,
        raffle=upload.raffle,
        package=package,
        price=Money(sale.price_minor, upload.raffle.currency),
        channel=Channel.SALES_UNIT,
        actor=upload.actor,
        seller=upload.enrolment.seller,
        enrolment_id=upload.enrolment.id,
        tender=Tender.CASH,
        reason=None,
        at=sale.sold_at,
        record=link.position,
    )
    return sell_attended(command, lease, work)[1]


def _stopped(
    upload: _Upload, link: Link, taken: list[Link], refused: RefusedRecord, work: Work
) -> UploadedSales:
    _record_upload(upload, taken, work)
    unit = upload.unit.after(SalesUnitEvent.REPORT_ERROR)
    facts = {"position": refused.position, "cause": refused.cause.value, "raffle": str(upload.raffle.id)}
    record(unit, EventKind.RECORD_REFUSED, upload.now, upload.actor, facts, work)
    return UploadedSales(link.mark, len(taken), refused, unit.state)


def _record_upload(upload: _Upload, taken: list[Link], work: Work) -> None:
    """The raffle tells of every entry of the chain: the public ledger shows each (SD/1, step 4)."""
    if not taken:
        return
    facts: dict[str, Fact] = {
        "unit": str(upload.unit.id),
        "enrolment": str(upload.enrolment.id),
        "position": taken[-1].position,
        "records": len(taken),
        "heads": " ".join(link.head.hex() for link in taken),
    }
    if upload.raffle.state is RaffleState.CANCELLED:
        # The cancellation stated what was owed without these; this takes its place.
        sales = work.blocks.subtotal(upload.raffle.id)
        facts |= {"orders": sales.orders - sales.voided_orders, "owed": sales.subtotal.valid_cents}
    work.events.append(
        StreamId(upload.raffle.id), EventKind.SALES_UPLOADED, upload.now, upload.actor.label, facts
    )
