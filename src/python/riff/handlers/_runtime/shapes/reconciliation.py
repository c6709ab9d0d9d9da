"""The accounts of a raffle as replies show them."""

from datetime import datetime
from typing import Self
from uuid import UUID

import attrs

from riff.domain.money import Money
from riff.domain.reconciliation.accounts import (
    CashCount,
    RangeBalance,
    SellerAccount,
    UnitAccount,
    VoidAccount,
)
from riff.domain.reconciliation.reconciliation import Condition, ConditionName, Reconciliation
from riff.handlers._runtime.shapes.money import MoneyReply
from riff.handlers._runtime.shapes.unit import TakingsReply
from riff_critical.lifecycle import RaffleState, SalesUnitState
from riff_critical.selling import Channel


@attrs.frozen
class ConditionReply:
    """A condition, how many things are outstanding, and what is to be done about them."""

    code: ConditionName
    satisfied: bool
    outstanding: int
    what_to_do: str

    @classmethod
    def of(cls, condition: Condition) -> Self:
        """The condition as it stands."""
        return cls(condition.name, condition.satisfied, condition.outstanding, condition.what_to_do)


@attrs.frozen
class UnitAccountReply:
    """An enrolment: handed in (`closed_at`), written off, or outstanding."""

    enrolment_id: UUID
    unit_id: UUID
    label: str
    state: SalesUnitState
    outstanding: bool
    closed_at: datetime | None
    written_off_at: datetime | None
    written_off_by: str | None
    write_off_reason: str | None

    @classmethod
    def of(cls, unit: UnitAccount) -> Self:
        """The enrolment as it stands."""
        decision = unit.write_off
        return cls(
            enrolment_id=unit.enrolment_id,
            unit_id=unit.unit_id,
            label=unit.label,
            state=unit.state,
            outstanding=unit.outstanding,
            closed_at=unit.closed_at,
            written_off_at=None if decision is None else decision.written_off_at,
            written_off_by=None if decision is None else decision.written_off_by,
            write_off_reason=None if decision is None else decision.reason,
        )


@attrs.frozen
class OpenRequestReply:
    """An order that a unit asked to void, and that is still valid."""

    order_id: UUID
    enrolment_id: UUID
    reason: str
    requested_at: datetime


@attrs.frozen
class VoidAccountReply:
    """Voids and open requests, and how many of each were acknowledged last."""

    voids: int
    requests: int
    open_requests: tuple[OpenRequestReply, ...]
    acknowledged_voids: int | None
    acknowledged_requests: int | None
    acknowledged_by: str | None
    acknowledged_at: datetime | None

    @classmethod
    def of(cls, account: VoidAccount) -> Self:
        """The voids as they stand."""
        word = account.acknowledged
        return cls(
            voids=account.voids,
            requests=account.requests,
            open_requests=tuple(
                OpenRequestReply(asked.order_id, asked.enrolment_id, asked.reason, asked.requested_at)
                for asked in account.open_requests
            ),
            acknowledged_voids=None if word is None else word.voids,
            acknowledged_requests=None if word is None else word.requests,
            acknowledged_by=None if word is None else word.acknowledged_by,
            acknowledged_at=None if word is None else word.acknowledged_at,
        )


@attrs.frozen
class RangeBalanceReply:
    """The numbers of a channel: valid + voided + unsold = issued, and valid + voided = ordered."""

    channel: Channel
    slots: int
    issued: int
    valid: int
    voided: int
    unsold: int
    ordered: int
    amount: MoneyReply
    ordered_amount: MoneyReply
    unbalanced_blocks: int
    balances: bool

    @classmethod
    def of(cls, part: RangeBalance, currency: str) -> Self:
        """The balance, its money in the raffle's currency."""
        return cls(
            channel=part.channel,
            slots=part.slots,
            issued=part.issued,
            valid=part.valid,
            voided=part.voided,
            unsold=part.unsold,
            ordered=part.ordered,
            amount=MoneyReply.of(Money(part.amount_minor, currency)),
            ordered_amount=MoneyReply.of(Money(part.ordered_minor, currency)),
            unbalanced_blocks=part.unbalanced_blocks,
            balances=part.balances,
        )


@attrs.frozen
class CashCountReply:
    """A count of cash; `difference_minor` is negative where some was missing."""

    sequence: int
    expected: MoneyReply
    counted: MoneyReply
    difference_minor: int
    explanation: str | None
    counted_by: str
    counted_at: datetime

    @classmethod
    def of(cls, count: CashCount, currency: str) -> Self:
        """The count, in the raffle's currency."""
        return cls(
            sequence=count.sequence,
            expected=MoneyReply.of(Money(count.expected_minor, currency)),
            counted=MoneyReply.of(Money(count.counted_minor, currency)),
            difference_minor=count.difference_minor,
            explanation=count.explanation,
            counted_by=count.counted_by,
            counted_at=count.counted_at,
        )


@attrs.frozen
class SellerAccountReply:
    """A seller's takings and every count of the cash, oldest first."""

    takings: TakingsReply
    outstanding: bool
    counts: tuple[CashCountReply, ...]

    @classmethod
    def of(cls, seller: SellerAccount, currency: str) -> Self:
        """The account, in the raffle's currency."""
        return cls(
            takings=TakingsReply.of(seller.takings, currency),
            outstanding=seller.outstanding,
            counts=tuple(CashCountReply.of(count, currency) for count in seller.counts),
        )


@attrs.frozen
class ReconciliationReply:
    """Everything that a raffle has to answer for; `confirmed_by` has confirmed these very figures."""

    raffle_id: UUID
    state: RaffleState
    conditions: tuple[ConditionReply, ...]
    units: tuple[UnitAccountReply, ...]
    unknown_payments: int
    unknown_amount: MoneyReply
    voids: VoidAccountReply
    ranges: tuple[RangeBalanceReply, ...]
    sellers: tuple[SellerAccountReply, ...]
    persons_needed: int
    confirmed_by: tuple[str, ...]

    @classmethod
    def of(cls, found: Reconciliation) -> Self:
        """The accounts as they stand."""
        currency = found.raffle.currency
        return cls(
            raffle_id=found.raffle.id,
            state=found.raffle.state,
            conditions=tuple(ConditionReply.of(condition) for condition in found.conditions),
            units=tuple(UnitAccountReply.of(unit) for unit in found.units),
            unknown_payments=found.payments.orders,
            unknown_amount=MoneyReply.of(Money(found.payments.amount_minor, currency)),
            voids=VoidAccountReply.of(found.voids),
            ranges=tuple(RangeBalanceReply.of(part, currency) for part in found.ranges),
            sellers=tuple(SellerAccountReply.of(seller, currency) for seller in found.sellers),
            persons_needed=found.persons_needed,
            confirmed_by=found.confirmed_by,
        )
