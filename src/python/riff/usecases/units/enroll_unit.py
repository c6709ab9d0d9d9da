"""Enrol a sales unit in a raffle and log its operator on: from here on it may sell (GLI-31 3.2.2, 6.1.2)."""

from datetime import datetime
from enum import StrEnum
from typing import Final

import attrs

from riff.domain.accounts.actor import Actor, ActorKind
from riff.domain.audit.event_catalogue import EventKind
from riff.domain.audit.significant_event import Fact
from riff.domain.identifiers import EnrolmentId, RaffleId
from riff.domain.raffles.raffle import Organization, Raffle
from riff.domain.raffles.setup import RaffleSetup
from riff.domain.units.sales_unit import Enrolment, SalesUnit, logon_digest
from riff.errors import (
    LogonRefusedError,
    NotFoundError,
    NotPermittedError,
    RangeExhaustedError,
    SalesClosedError,
    StateRefusesError,
)
from riff.ports.services import Services
from riff.ports.stores import Work
from riff.usecases.units.calling_unit import calling_unit
from riff.usecases.units.managed_unit import record
from riff_critical.lifecycle import Guard, RaffleState, SalesUnitEvent, SalesUnitState
from riff_critical.selling import Channel


class MemoryCheck(StrEnum):
    """What the unit found when it checked its critical memory."""

    CLEARED = "cleared"
    """Empty, and sound."""
    SOUND = "sound"
    """Sound, and holding records."""
    UNSOUND = "unsound"


_FOUND: Final = {
    MemoryCheck.CLEARED: frozenset({Guard.MEMORY_CLEARED, Guard.MEMORY_SOUND}),
    MemoryCheck.SOUND: frozenset({Guard.MEMORY_SOUND}),
    MemoryCheck.UNSOUND: frozenset[Guard](),
}


@attrs.frozen
class EnrollUnit:
    """Where the unit wants to sell.

    Attributes:
        actor: the sales unit.
        raffle_id: the raffle.
        logon_code: as its operator typed it.
        memory: what the check of its critical memory found.
    """

    actor: Actor
    raffle_id: RaffleId
    logon_code: str = attrs.field(repr=False)
    memory: MemoryCheck


@attrs.frozen
class EnrolledUnit:
    """A unit with everything that it needs to sell and to print."""

    unit: SalesUnit
    enrolment: Enrolment
    setup: RaffleSetup
    organization: Organization


def enroll_unit(command: EnrollUnit, services: Services) -> EnrolledUnit:
    """Enrol the unit, unless it is enrolled in this raffle already, and activate it.

    Raises:
        NotFoundError: its organization has no such raffle.
        LogonRefusedError: the code is not the one in force, or its operator may not sell any more.
        SalesClosedError: the raffle is not active, or its window has passed.
        RangeExhaustedError: the raffle has no numbers for sales units.
        StateRefusesError: the unit is suspended, lost, or serves another raffle.
        UnitNotReadyError: the unit's memory is not as it has to be.
    """
    now = services.clock.now()
    with services.transactions.begin() as work:
        unit = calling_unit(command.actor, work)
        raffle = work.raffles.lock(command.raffle_id)
        _require_enrollable(raffle, unit, now)
        _require_operator(unit, command.logon_code, work)
        satisfied = _FOUND[command.memory] | {Guard.UNIT_AUTHENTICATED, Guard.OPERATOR_AUTHENTICATED}
        if unit.state is SalesUnitState.RECONCILED:
            unit = _reset(unit, satisfied, command.actor, now, work)
        if unit.state is SalesUnitState.REGISTERED:
            unit = _enrolled(unit, raffle, satisfied, now, work, services)
        active = unit.after(SalesUnitEvent.ACTIVATE, satisfied)
        enrolment = _enrolment_in(active, raffle, work)
        record(active, EventKind.UNIT_ACTIVATED, now, command.actor, _facts(enrolment), work)
        setup = RaffleSetup(raffle, work.raffles.packages(raffle.id), work.raffles.prizes(raffle.id))
        return EnrolledUnit(active, enrolment, setup, work.raffles.organization(raffle.organization_id))


def _require_enrollable(raffle: Raffle, unit: SalesUnit, now: datetime) -> None:
    if raffle.organization_id != unit.organization_id:
        raise NotFoundError("There is no such raffle.")
    if raffle.state is not RaffleState.ACTIVE or raffle.window.closes_at <= now:
        raise SalesClosedError("The raffle takes no sales units now.", state=raffle.state.value)
    if not any(part.channel is Channel.SALES_UNIT for part in raffle.ranges):
        raise RangeExhaustedError("The raffle has no numbers for sales units.")


def _require_operator(unit: SalesUnit, code: str, work: Work) -> None:
    """The code proves that staff handed the unit to its operator; the register, that they may still sell."""
    member = work.staff.find(unit.operator)
    operator = Actor(ActorKind.STAFF, unit.operator, () if member is None else member.grants)
    known = work.units.knows_logon(unit.id, logon_digest(unit.id, code))
    try:
        operator.require("units:operate", unit.organization_id)
    except (NotFoundError, NotPermittedError):
        known = False
    if not known:
        raise LogonRefusedError("The logon code is wrong, or its operator may not sell.")


def _reset(
    unit: SalesUnit, satisfied: frozenset[Guard], actor: Actor, now: datetime, work: Work
) -> SalesUnit:
    reset = attrs.evolve(
        unit.after(SalesUnitEvent.RESET, satisfied | {Guard.HOLDS_NO_BLOCK}), enrolment_id=None
    )
    record(reset, EventKind.UNIT_RESET, now, actor, {}, work)
    return reset


def _enrolled(
    unit: SalesUnit,
    raffle: Raffle,
    satisfied: frozenset[Guard],
    now: datetime,
    work: Work,
    services: Services,
) -> SalesUnit:
    enrolled = unit.after(SalesUnitEvent.ENROL, satisfied)
    enrolment = Enrolment(EnrolmentId(services.identifiers.new()), unit.id, raffle.id, unit.operator, now)
    work.units.enrol(enrolment)
    enrolled = attrs.evolve(enrolled, enrolment_id=enrolment.id)
    actor = Actor(ActorKind.UNIT, str(unit.id))
    record(enrolled, EventKind.UNIT_ENROLLED, now, actor, _facts(enrolment), work)
    return enrolled


def _enrolment_in(unit: SalesUnit, raffle: Raffle, work: Work) -> Enrolment:
    enrolment = None if unit.enrolment_id is None else work.units.enrolment(unit.enrolment_id)
    if enrolment is None or enrolment.raffle_id != raffle.id:
        raise StateRefusesError(
            "The sales unit serves another raffle.", state=unit.state.value, action="enrol"
        )
    return enrolment


def _facts(enrolment: Enrolment) -> dict[str, Fact]:
    return {
        "enrolment": str(enrolment.id),
        "raffle": str(enrolment.raffle_id),
        "operator": enrolment.operator,
    }
