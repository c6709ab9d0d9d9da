"""What a raffle has to answer for between its close and its seal (GLI-31 2.6.1 to 2.6.3)."""

from datetime import datetime

import attrs
from attrs.validators import ge, max_len, min_len, optional

from riff.domain.identifiers import EnrolmentId, RaffleId, UnitId
from riff.domain.instants import aware_utc
from riff.domain.sales.attended_sale import Takings
from riff.domain.units.void_request import VoidRequest
from riff_critical.lifecycle import SalesUnitState
from riff_critical.selling import Channel


@attrs.frozen
class WriteOff:
    """The decision to go on without what a unit may have sold and never handed in."""

    enrolment_id: EnrolmentId
    reason: str = attrs.field(validator=[min_len(1), max_len(500)])
    written_off_by: str
    written_off_at: datetime = attrs.field(validator=aware_utc)


@attrs.frozen
class UnitAccount:
    """One enrolment of a raffle.

    Attributes:
        enrolment_id: the enrolment.
        unit_id: the device.
        label: what is painted on it.
        state: where the device stands now.
        closed_at: when everything was handed in; None while it is not.
        write_off: the decision to go on without; None while there is none.
    """

    enrolment_id: EnrolmentId
    unit_id: UnitId
    label: str
    state: SalesUnitState
    closed_at: datetime | None = attrs.field(validator=optional(aware_utc))
    write_off: WriteOff | None

    @property
    def outstanding(self) -> bool:
        """Whether sales may be missing that nobody has decided about."""
        return self.closed_at is None and self.write_off is None


@attrs.frozen
class UnknownPayments:
    """Online orders whose payment has no known outcome."""

    orders: int = 0
    amount_minor: int = 0


@attrs.frozen
class Acknowledgement:
    """The event manager's word that the voids up to then are known.

    Attributes:
        voids: how many orders were void.
        requests: how many requests to void were open, and are declined hereby.
        acknowledged_by: who.
        acknowledged_at: when.
    """

    voids: int = attrs.field(validator=ge(0))
    requests: int = attrs.field(validator=ge(0))
    acknowledged_by: str
    acknowledged_at: datetime = attrs.field(validator=aware_utc)


@attrs.frozen
class VoidAccount:
    """The voids of a raffle, which only ever grow, so that their number tells one list from another.

    Attributes:
        voids: orders that are void or refunded.
        open_requests: requests of units to void an order that is still valid, oldest first.
        acknowledged: the last acknowledgement, or None.
    """

    voids: int
    open_requests: tuple[VoidRequest, ...]
    acknowledged: Acknowledgement | None

    @property
    def requests(self) -> int:
        """How many requests are open."""
        return len(self.open_requests)

    @property
    def outstanding(self) -> int:
        """How many voids and requests nobody has acknowledged; an empty list wants its word too."""
        if self.acknowledged is None:
            return max(self.voids + self.requests, 1)
        known = self.acknowledged.voids, self.acknowledged.requests
        return abs(self.voids - known[0]) + abs(self.requests - known[1])


@attrs.frozen
class RangeBalance:
    """The numbers of a channel: valid + voided + unsold = issued, block by block and in the orders.

    Attributes:
        channel: whose range.
        slots: size of the range.
        issued: numbers handed out in blocks.
        cut: numbers that the range says it has handed out.
        valid: sold and valid.
        voided: sold and taken back.
        unsold: handed out and never sold.
        ordered: numbers on the orders, counted one order at a time.
        amount_minor: money of the blocks, valid and voided.
        ordered_minor: money of the orders, counted one order at a time.
        unbalanced_blocks: blocks whose own numbers do not add up.
    """

    channel: Channel
    slots: int
    issued: int
    cut: int
    valid: int
    voided: int
    unsold: int
    ordered: int
    amount_minor: int
    ordered_minor: int
    unbalanced_blocks: int

    @property
    def balances(self) -> bool:
        """Whether everything adds up, by the blocks, by the range, and by the orders."""
        return (
            self.unbalanced_blocks == 0
            and self.valid + self.voided + self.unsold == self.issued == self.cut
            and self.valid + self.voided == self.ordered
            and self.amount_minor == self.ordered_minor
        )


@attrs.frozen
class CashCount:
    """One count of a seller's cash; a recount is another one, and the last one counts.

    Attributes:
        raffle_id: the raffle.
        seller: whose cash.
        sequence: the seller's first count is 1.
        expected_minor: what the valid cash orders add up to at the time.
        counted_minor: what was there.
        explanation: of the difference, if there is one.
        counted_by: who counted.
        counted_at: when.
    """

    raffle_id: RaffleId
    seller: str
    sequence: int = attrs.field(validator=ge(1))
    expected_minor: int = attrs.field(validator=ge(0))
    counted_minor: int = attrs.field(validator=ge(0))
    explanation: str | None = attrs.field(validator=optional([min_len(1), max_len(500)]))
    counted_by: str
    counted_at: datetime = attrs.field(validator=aware_utc)

    @property
    def difference_minor(self) -> int:
        """Too much, or with a minus sign too little."""
        return self.counted_minor - self.expected_minor


@attrs.frozen
class SellerAccount:
    """What a seller took, and every count of the cash, oldest first."""

    takings: Takings
    counts: tuple[CashCount, ...] = ()

    @property
    def outstanding(self) -> bool:
        """Whether cash was taken that was not counted, or not since the last void."""
        if self.takings.cash_orders == 0:
            return False
        return not self.counts or self.counts[-1].expected_minor != self.takings.cash_minor


@attrs.frozen
class Confirmation:
    """One person's word that the figures are right.

    Attributes:
        figures: digest of the figures; other figures need other confirmations.
        confirmed_by: who.
        confirmed_at: when.
    """

    figures: bytes
    confirmed_by: str
    confirmed_at: datetime = attrs.field(validator=aware_utc)
