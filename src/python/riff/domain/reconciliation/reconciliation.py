"""The reconciliation of a raffle: five conditions, each with its figures and with what is to be done."""

import hashlib
from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

import attrs

from riff.domain.raffles.raffle import Raffle
from riff.domain.reconciliation.accounts import (
    Confirmation,
    RangeBalance,
    SellerAccount,
    UnitAccount,
    UnknownPayments,
    VoidAccount,
)
from riff.domain.reconciliation.refusals import (
    CashNotCountedError,
    NumbersNotBalancedError,
    PaymentsUnknownError,
    UnitsNotUploadedError,
    VoidsNotAcknowledgedError,
)
from riff.errors import ConflictError
from riff_critical.encoding import Json, canonical_json, frame
from riff_critical.lifecycle import Guard

_TAG: Final = "riff.reconciliation.1"


class ConditionName(StrEnum):
    """What must hold before a raffle is reconciled, by the code of the refusal."""

    UNITS_NOT_UPLOADED = "units-not-uploaded"
    PAYMENTS_UNKNOWN = "payments-unknown"
    VOIDS_NOT_ACKNOWLEDGED = "voids-not-acknowledged"
    NUMBERS_NOT_BALANCED = "numbers-not-balanced"
    CASH_NOT_COUNTED = "cash-not-counted"


@attrs.frozen
class _Rule:
    """A condition: the guard it satisfies, the refusal it causes, how it is put right."""

    guard: Guard
    refusal: type[ConflictError]
    what_to_do: str
    outstanding: Callable[["Reconciliation"], int]


@attrs.frozen
class Condition:
    """A condition as it stands.

    Attributes:
        name: the code with which it refuses.
        outstanding: how many things are still to be done; 0 once it is satisfied.
        what_to_do: by whom and how.
    """

    name: ConditionName
    outstanding: int
    what_to_do: str

    @property
    def satisfied(self) -> bool:
        """Whether nothing is outstanding."""
        return self.outstanding == 0


@attrs.frozen
class Reconciliation:
    """Everything that a raffle has to answer for, as it stands in one transaction.

    Attributes:
        raffle: the raffle.
        units: its enrolments, in the order of their logons.
        payments: online orders of unknown outcome.
        voids: what was taken back.
        ranges: the number space, channel by channel.
        sellers: who took money.
        confirmations: words of persons, oldest first, also those given for other figures.
        persons_needed: how many different persons must confirm.
    """

    raffle: Raffle
    units: tuple[UnitAccount, ...]
    payments: UnknownPayments
    voids: VoidAccount
    ranges: tuple[RangeBalance, ...]
    sellers: tuple[SellerAccount, ...]
    confirmations: tuple[Confirmation, ...]
    persons_needed: int

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """All five, in the order in which they are best put right."""
        return tuple(
            Condition(name, rule.outstanding(self), rule.what_to_do) for name, rule in _RULES.items()
        )

    @property
    def satisfied(self) -> frozenset[Guard]:
        """The guards of the raffle whose sentences hold."""
        return frozenset(_RULES[found.name].guard for found in self.conditions if found.satisfied)

    @property
    def confirmed_by(self) -> tuple[str, ...]:
        """Who has confirmed these very figures."""
        return tuple(word.confirmed_by for word in self.confirmations if word.figures == self.figures)

    @property
    def figures(self) -> bytes:
        """Digest of everything that a person confirms."""
        stated: dict[str, Json] = {
            "raffle": str(self.raffle.id),
            "units": [
                [str(unit.enrolment_id), int(unit.closed_at is not None), int(unit.write_off is not None)]
                for unit in self.units
            ],
            "payments": [self.payments.orders, self.payments.amount_minor],
            "voids": [self.voids.voids, self.voids.requests],
            "ranges": [
                [part.channel.value, part.issued, part.valid, part.voided, part.unsold, part.amount_minor]
                for part in self.ranges
            ],
            "cash": [
                [seller.takings.seller, seller.takings.cash_minor, *(c.counted_minor for c in seller.counts)]
                for seller in self.sellers
            ],
        }
        return hashlib.sha256(frame(_TAG, canonical_json(stated))).digest()

    def require_satisfied(self) -> None:
        """Refuse while a condition is outstanding, by the code of the first one.

        Raises:
            UnitsNotUploadedError, PaymentsUnknownError, VoidsNotAcknowledgedError, NumbersNotBalancedError,
            CashNotCountedError: what is outstanding.
        """
        for condition in self.conditions:
            if not condition.satisfied:
                raise _RULES[condition.name].refusal(condition.what_to_do, outstanding=condition.outstanding)


_RULES: Final[Mapping[ConditionName, _Rule]] = MappingProxyType(
    {
        ConditionName.UNITS_NOT_UPLOADED: _Rule(
            Guard.ALL_UNITS_UPLOADED,
            UnitsNotUploadedError,
            "Let every sales unit hand in its sales and close, or write it off with a reason.",
            lambda found: sum(unit.outstanding for unit in found.units),
        ),
        ConditionName.PAYMENTS_UNKNOWN: _Rule(
            Guard.NO_PAYMENT_UNKNOWN,
            PaymentsUnknownError,
            "Wait until the outcome of every online payment is known; the sweep asks the processor.",
            lambda found: found.payments.orders,
        ),
        ConditionName.VOIDS_NOT_ACKNOWLEDGED: _Rule(
            Guard.VOIDS_ACKNOWLEDGED,
            VoidsNotAcknowledgedError,
            "Decide what units asked to void, then let the event manager acknowledge the list of voids.",
            lambda found: found.voids.outstanding,
        ),
        ConditionName.NUMBERS_NOT_BALANCED: _Rule(
            Guard.NUMBERS_BALANCED,
            NumbersNotBalancedError,
            "Stop: the books do not add up, and nobody can put that right here.  Call for an investigation.",
            lambda found: sum(not part.balances for part in found.ranges),
        ),
        ConditionName.CASH_NOT_COUNTED: _Rule(
            Guard.CASH_COUNTED,
            CashNotCountedError,
            "Count the cash of every seller, again where an order was voided since.",
            lambda found: sum(seller.outstanding for seller in found.sellers),
        ),
    }
)
