"""A sales unit: a registered device that sells in one raffle at a time (GLI-31 5.4, 6.1.2)."""

import hashlib
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Final

import attrs
from attrs.validators import max_len, min_len, optional

from riff.domain.identifiers import EnrolmentId, OrganizationId, RaffleId, StreamId, UnitId
from riff.domain.instants import aware_utc
from riff.errors import StateRefusesError, UnitNotReadyError
from riff_critical.encoding import canonical_json, frame
from riff_critical.lifecycle import (
    SALES_UNIT,
    Guard,
    GuardUnsatisfiedError,
    SalesUnitEvent,
    SalesUnitState,
    TransitionRefusedError,
    advance,
)

LOGON_CHARACTERS: Final = 16
# Crockford's base 32: nothing in it is mistaken for something else when it is typed.
_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_BITS: Final = 5
_TAG: Final = "riff.unit.logon.1"


@attrs.frozen
class SalesUnit:
    """One device as it stands.

    Attributes:
        id: permanent name.
        organization_id: whose device it is.
        label: what is painted on it.
        subject: how the identity provider of devices names it.
        operator: subject of the member of staff who sells with it.
        state: where it is in its life.
        enrolment_id: the enrolment that it serves, or served last; None before the first and after a reset.
        registered_at: when it was registered.
    """

    id: UnitId
    organization_id: OrganizationId
    label: str = attrs.field(validator=[min_len(1), max_len(60)])
    subject: str = attrs.field(validator=[min_len(1), max_len(200)])
    operator: str = attrs.field(validator=[min_len(1), max_len(200)])
    state: SalesUnitState
    enrolment_id: EnrolmentId | None
    registered_at: datetime = attrs.field(validator=aware_utc)

    @property
    def stream(self) -> StreamId:
        """The stream that tells the unit's history."""
        return StreamId(self.id)

    @property
    def may_sell(self) -> bool:
        """Whether its operator is logged on, so that it is told what it needs to sell alone."""
        return self.state is SalesUnitState.ACTIVE

    @property
    def holder(self) -> str:
        """The name under which the unit leases blocks."""
        return f"unit:{self.id}"

    def after(self, event: SalesUnitEvent, satisfied: AbstractSet[Guard] = frozenset()) -> "SalesUnit":
        """This unit once the event has happened.

        Raises:
            StateRefusesError: the state machine has no such event in this state.
            UnitNotReadyError: a guard is not satisfied.
        """
        try:
            state = advance(SALES_UNIT, self.state, event, satisfied)
        except TransitionRefusedError as error:
            raise StateRefusesError(
                f"A sales unit that is {self.state.value} does not allow this.",
                state=self.state.value,
                action=event.value,
            ) from error
        except GuardUnsatisfiedError as error:
            missing = ", ".join(sorted(guard.value for guard in error.missing))
            raise UnitNotReadyError(f"Not yet satisfied: {missing}.", missing=missing) from error
        return attrs.evolve(self, state=state)


@attrs.frozen
class Enrolment:
    """A unit's service in one raffle, from its logon until everything it sold is stored.

    Attributes:
        id: permanent name; the critical memory of the unit belongs to it.
        unit_id: the device.
        raffle_id: the raffle it sells in.
        operator: subject of the member of staff who logged on.
        enrolled_at: when.
        closed_at: when the unit was seen to have handed in everything; None before.
    """

    id: EnrolmentId
    unit_id: UnitId
    raffle_id: RaffleId
    operator: str
    enrolled_at: datetime = attrs.field(validator=aware_utc)
    closed_at: datetime | None = attrs.field(default=None, validator=optional(aware_utc))

    @property
    def memory_identity(self) -> bytes:
        """What the chain of the unit's critical memory belongs to: it begins anew with every enrolment."""
        names = {"enrolment": str(self.id), "raffle": str(self.raffle_id), "unit": str(self.unit_id)}
        return canonical_json(names)

    @property
    def seller(self) -> str:
        """The name under which its cash is counted."""
        return f"enrolment:{self.id}"


@attrs.frozen
class ListedUnit:
    """A unit in the master list (GLI-31 5.4.1).

    Attributes:
        unit: the device.
        orders: tickets that it ever issued, voided ones included.
        numbers: draw numbers on them.
    """

    unit: SalesUnit
    orders: int
    numbers: int


def logon_code(key: bytes) -> str:
    """The code that an operator types to log on, made from a fresh key: 16 characters, 80 bits."""
    bits = int.from_bytes(key)
    return "".join(_ALPHABET[bits >> _BITS * place & 31] for place in range(LOGON_CHARACTERS))


def logon_digest(unit_id: UnitId, code: str) -> bytes:
    """What is kept of a logon code; 80 random bits need no slow hash."""
    return hashlib.sha256(frame(_TAG, unit_id.bytes, code.upper().encode())).digest()
