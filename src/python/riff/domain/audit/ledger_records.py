"""Which records of the public ledger an event becomes, if any (SD/1, steps 3 and 4).

Method: the table below is complete: an event of another kind leaves no record, and one leaves several: what a
unit hands in is a record for every entry of its chain, since each entry is the mark of a ticket.  Slots,
amounts and instants are taken over as they are.  What a person typed, such as a reason, and who that person
is, stand as salted hashes (`ledger_salt`); a seller is named only if it is a machine.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final
from uuid import UUID

import attrs

from riff.domain.audit.event_catalogue import EventKind
from riff.domain.audit.ledger_salt import official_hash, order_salt, reason_hash
from riff.domain.audit.ledger_source import SourceEvent
from riff.domain.audit.significant_event import Fact, StreamHead, chained
from riff.domain.draws.instants import milliseconds
from riff.domain.identifiers import OrderId
from riff.domain.instants import parse_instant
from riff.domain.raffles.raffle import RaffleKeys
from riff.errors import IntegrityFailureError
from riff_critical.ledger import (
    Close,
    CloseCause,
    Drawn,
    Price,
    Record,
    Reprint,
    Sale,
    Sealed,
    Suspend,
    Upload,
    Void,
    salted_hash,
)
from riff_critical.validation import BlockKey, block_key, issue

# Callers of these kinds are machines; a person who sells is only called staff.
_MACHINES: Final = frozenset({"unit", "processor", "system"})


@attrs.frozen
class _Told:
    """An event with what its record says."""

    event: SourceEvent
    actor: str
    facts: Mapping[str, Fact]

    @property
    def at(self) -> int:
        return milliseconds(self.event.occurred_at)

    @property
    def seller(self) -> str:
        kind = self.actor.partition(":")[0]
        return self.actor if kind in _MACHINES else kind

    def text(self, name: str) -> str:
        """A fact that is a text."""
        value = self.facts.get(name)
        if not isinstance(value, str):
            raise self._lack(name)
        return value

    def number(self, name: str) -> int:
        """A fact that is a number."""
        value = self.facts.get(name)
        if not isinstance(value, int):
            raise self._lack(name)
        return value

    def hash(self, name: str) -> bytes:
        """A fact that is a hash in hexadecimal digits."""
        return bytes.fromhex(self.text(name))

    def _lack(self, name: str) -> IntegrityFailureError:
        error = IntegrityFailureError("An event lacks what its ledger record needs.")
        error.add_note(f"fact {name} of {self.event.stream} {self.event.sequence}")
        return error


class LedgerRecords:
    """Makes the records of one raffle."""

    def __init__(self, keys: RaffleKeys) -> None:
        self._keys = keys
        self._blocks: dict[int, BlockKey] = {}

    def of(self, event: SourceEvent) -> tuple[Record, ...]:
        """The records of an event, in the order in which they are entered.

        Raises:
            IntegrityFailureError: the event is not what its record says, or lacks what the ledger needs.
        """
        if event.kind is EventKind.SALES_UPLOADED:
            return tuple(_uploads(_told(event)))
        make = _RECORDS.get(event.kind)
        return () if make is None else (make(self, _told(event)),)

    def sale(self, told: _Told) -> Record:
        """An order was sold."""
        block = told.event.block
        if block is None:
            raise IntegrityFailureError("A sale stands outside the stream of a block.")
        if block.tag not in self._blocks:
            self._blocks[block.tag] = block_key(self._keys.validation, block.tag)
        order, first = told.text("order"), told.number("first_slot")
        salt = order_salt(self._keys, OrderId(UUID(order)))
        return Sale(
            at=told.at,
            order=salted_hash(salt, order),
            first=first,
            count=told.number("end_slot") - first,
            validation=salted_hash(salt, issue(self._blocks[block.tag], first - block.first_slot)),
            package=told.text("package"),
            amount=told.number("price"),
            seller=told.seller,
        )

    def void(self, told: _Told, word: str) -> Record:
        """An order was voided or refunded; the reason is shown by its hash."""
        order, first = told.text("order"), told.number("first_slot")
        reason = reason_hash(self._keys, order, told.text("reason"))
        return Void(
            at=told.at,
            order=salted_hash(order_salt(self._keys, OrderId(UUID(order))), order),
            first=first,
            count=told.number("end_slot") - first,
            amount=told.number("amount"),
            reason=f"{word} {reason.hex()}",
        )

    def reprint(self, told: _Told) -> Record:
        """A ticket was printed again."""
        order = told.text("order")
        salt = order_salt(self._keys, OrderId(UUID(order)))
        return Reprint(told.at, salted_hash(salt, order), told.number("copy"), told.seller)

    def price(self, told: _Told) -> Record:
        """The price of a package changes at an instant that the change names."""
        return Price(
            at=milliseconds(parse_instant(told.text("in_force_from"))),
            package=told.text("package"),
            count=told.number("numbers"),
            amount=told.number("price"),
            official=official_hash(self._keys, told.actor),
        )

    def suspend(self, told: _Told, *, resumed: bool) -> Record:
        """Sales were suspended or resumed; the reason is shown by its hash."""
        about = f"{told.event.stream} {told.event.sequence}"
        reason = reason_hash(self._keys, about, told.text("reason")).hex()
        return Suspend(told.at, resumed, reason, official_hash(self._keys, told.actor))


type _Maker = Callable[[LedgerRecords, _Told], Record]

_RECORDS: Final[Mapping[EventKind, _Maker]] = MappingProxyType(
    {
        EventKind.ORDER_SOLD: LedgerRecords.sale,
        EventKind.ORDER_VOIDED: lambda records, told: records.void(told, "voided"),
        EventKind.ORDER_REFUNDED: lambda records, told: records.void(told, "refunded"),
        EventKind.TICKET_REPRINTED: LedgerRecords.reprint,
        EventKind.PRICE_CHANGED: LedgerRecords.price,
        EventKind.RAFFLE_SUSPENDED: lambda records, told: records.suspend(told, resumed=False),
        EventKind.RAFFLE_RESUMED: lambda records, told: records.suspend(told, resumed=True),
        EventKind.SALES_CLOSED: lambda _, told: Close(
            told.at,
            CloseCause.SCHEDULE if told.actor.startswith("system:") else CloseCause.OFFICIAL,
        ),
        EventKind.RAFFLE_SEALED: lambda _, told: Sealed(told.at, told.hash("seal")),
        EventKind.DRAW_STARTED: lambda _, told: _drawn(told, None),
        EventKind.DRAW_CONCLUDED: lambda _, told: _drawn(told, told.hash("transcript")),
        EventKind.DRAW_SUBSTITUTED: lambda _, told: _drawn(told, told.hash("transcript")),
    }
)


def _uploads(told: _Told) -> Iterator[Record]:
    """A record for every entry of a unit's chain that was handed in; each head fixes all before it."""
    heads = told.text("heads").split()
    if len(heads) != told.number("records"):
        raise IntegrityFailureError("An upload does not tell every entry of the chain.")
    first = told.number("position") - len(heads) + 1
    for position, head in enumerate(heads, start=first):
        yield Upload(told.at, told.seller, position, bytes.fromhex(head))


def _drawn(told: _Told, transcript: bytes | None) -> Record:
    return Drawn(told.at, told.number("draw"), told.number("attempt"), transcript)


def required_sale(event: SourceEvent) -> int | None:
    """The slot at which the sale begins that must have been entered before this event, or None."""
    if event.kind not in {EventKind.ORDER_VOIDED, EventKind.ORDER_REFUNDED}:
        return None
    return _told(event).number("first_slot")


def check_chain(event: SourceEvent, before: StreamHead) -> None:
    """Refuse an event that is not exactly the one that follows `before` in its stream.

    Raises:
        IntegrityFailureError: an event is missing, was changed or was added.
    """
    follows = event.sequence == before.sequence + 1
    if not follows or event.digest != chained(before.digest, event.record):
        error = IntegrityFailureError("The chain of a stream of events is broken.")
        error.add_note(f"stream {event.stream}, event {event.sequence} after {before.sequence}")
        raise error


def _told(event: SourceEvent) -> _Told:
    said = json.loads(event.record)
    named = said["stream"], said["sequence"], said["event"]
    if named != (str(event.stream), event.sequence, event.kind.value):
        raise IntegrityFailureError("An event is not the one that its record tells.")
    return _Told(event, said["actor"], said["facts"])
