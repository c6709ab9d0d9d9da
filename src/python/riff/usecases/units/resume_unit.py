"""Let a sales unit serve again that was suspended, in error or lost."""

from typing import Final

import attrs

from riff.domain.accounts.actor import Actor
from riff.domain.audit.event_catalogue import EventKind
from riff.domain.identifiers import UnitId
from riff.domain.units.sales_unit import SalesUnit
from riff.ports.services import Services
from riff.ports.stores import Work
from riff.usecases.units.managed_unit import managed_unit, new_logon, record
from riff.usecases.units.register_unit import UnitWithLogon
from riff_critical.lifecycle import Guard, SalesUnitEvent, SalesUnitState

# What a person states who has the unit in hand.
_INSPECTED: Final = frozenset({Guard.UNIT_INSPECTED, Guard.UNIT_AUTHENTICATED, Guard.MEMORY_SOUND})
_BACK: Final = {
    SalesUnitState.ERROR: SalesUnitEvent.CLEAR_ERROR,
    SalesUnitState.LOST: SalesUnitEvent.REPORT_FOUND,
}


@attrs.frozen
class ResumeUnit:
    """Which unit `actor` puts back into service.

    Attributes:
        actor: a member of staff.
        unit_id: the unit.
        reason: what was found.
        inspected: whether the actor has the unit in hand, has identified it, and its memory passed its check.
    """

    actor: Actor
    unit_id: UnitId
    reason: str
    inspected: bool


def resume_unit(command: ResumeUnit, services: Services) -> UnitWithLogon:
    """The unit, with a new logon code: it sells only once its operator has logged on afresh.

    It goes back to the raffle in which it still owes sales, or, owing none, becomes free for another one.

    Raises:
        NotFoundError, NotPermittedError: no such unit, or the actor may not manage it.
        StateRefusesError: the unit is neither suspended nor in error nor lost.
        UnitNotReadyError: nobody has inspected it.
    """
    now = services.clock.now()
    satisfied = {Guard.REASON_GIVEN} | (_INSPECTED if command.inspected else frozenset())
    with services.transactions.begin() as work:
        unit = managed_unit(command.unit_id, command.actor, work)
        suspended = unit.after(_BACK[unit.state], satisfied) if unit.state in _BACK else unit
        resumed = _back_in_service(suspended, satisfied, work)
        facts = {"before": unit.state.value, "reason": command.reason}
        record(resumed, EventKind.UNIT_RESUMED, now, command.actor, facts, work)
        return UnitWithLogon(resumed, new_logon(resumed, work, services))


def _back_in_service(unit: SalesUnit, satisfied: set[Guard], work: Work) -> SalesUnit:
    enrolment = None if unit.enrolment_id is None else work.units.enrolment(unit.enrolment_id)
    if enrolment is not None and enrolment.closed_at is None:
        return unit.after(SalesUnitEvent.REINSTATE, satisfied)
    released = unit.after(SalesUnitEvent.RELEASE, satisfied | {Guard.HOLDS_NO_BLOCK})
    return attrs.evolve(released, enrolment_id=None)
