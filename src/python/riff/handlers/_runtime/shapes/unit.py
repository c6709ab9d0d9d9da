"""Sales units as replies show them."""

from datetime import datetime
from typing import Self
from uuid import UUID

import attrs

from riff.domain.money import Money
from riff.domain.sales.attended_sale import Takings
from riff.domain.units.sales_unit import Enrolment, SalesUnit
from riff.handlers._runtime.shapes.money import MoneyReply
from riff_critical.lifecycle import SalesUnitState


@attrs.frozen
class UnitReply:
    """A sales unit."""

    id: UUID
    organization_id: UUID
    label: str
    subject: str
    operator: str
    state: SalesUnitState
    enrolment_id: UUID | None
    registered_at: datetime

    @classmethod
    def of(cls, unit: SalesUnit) -> Self:
        """The unit as it stands."""
        return cls(
            id=unit.id,
            organization_id=unit.organization_id,
            label=unit.label,
            subject=unit.subject,
            operator=unit.operator,
            state=unit.state,
            enrolment_id=unit.enrolment_id,
            registered_at=unit.registered_at,
        )


@attrs.frozen
class UnitLogonReply:
    """A sales unit with the code that its operator logs on with.

    Attributes:
        unit: the unit.
        logon_code: shown once; left out of the answer to a repeated command.
    """

    unit: UnitReply
    logon_code: str | None = attrs.field(repr=False)

    @classmethod
    def of(cls, unit: SalesUnit, logon_code: str) -> Self:
        """The unit and its new code."""
        return cls(UnitReply.of(unit), logon_code)


@attrs.frozen
class EnrolmentReply:
    """A unit's service in a raffle; `closed_at` tells since when everything it sold is stored."""

    id: UUID
    unit_id: UUID
    raffle_id: UUID
    operator: str
    enrolled_at: datetime
    closed_at: datetime | None

    @classmethod
    def of(cls, enrolment: Enrolment) -> Self:
        """The enrolment as it stands."""
        return cls(
            id=enrolment.id,
            unit_id=enrolment.unit_id,
            raffle_id=enrolment.raffle_id,
            operator=enrolment.operator,
            enrolled_at=enrolment.enrolled_at,
            closed_at=enrolment.closed_at,
        )


@attrs.frozen
class TakingsReply:
    """What a seller has taken: valid orders and their money, by how they were paid."""

    seller: str
    orders: int
    numbers: int
    voided_orders: int
    cash: MoneyReply
    card: MoneyReply
    prepaid: MoneyReply

    @classmethod
    def of(cls, takings: Takings, currency: str) -> Self:
        """The takings, in the raffle's currency."""
        return cls(
            seller=takings.seller,
            orders=takings.orders,
            numbers=takings.numbers,
            voided_orders=takings.voided_orders,
            cash=MoneyReply.of(Money(takings.cash_minor, currency)),
            card=MoneyReply.of(Money(takings.card_minor, currency)),
            prepaid=MoneyReply.of(Money(takings.prepaid_minor, currency)),
        )


@attrs.frozen
class ServiceReply:
    """An enrolment with what was taken in it."""

    enrolment: EnrolmentReply
    takings: TakingsReply

    @classmethod
    def of(cls, enrolment: Enrolment, takings: Takings, currency: str) -> Self:
        """Both, the money in the raffle's currency."""
        return cls(EnrolmentReply.of(enrolment), TakingsReply.of(takings, currency))
