"""Close a sales unit: everything that it sold is stored, and it sells no more here (GLI-31 2.6.2)."""

import attrs

from riff.domain.accounts.actor import Actor
from riff.domain.audit.event_catalogue import EventKind
from riff.domain.audit.significant_event import Fact
from riff.domain.units.sales_unit import SalesUnit
from riff.errors import StateRefusesError, UnitNotUploadedError
from riff.ports.services import Services
from riff.usecases.units.calling_unit import calling_unit
from riff.usecases.units.managed_unit import record
from riff.usecases.units.show_unit import Service, service
from riff_critical.lifecycle import Guard, SalesUnitEvent, SalesUnitState
from riff_critical.memory import Mark


@attrs.frozen
class CloseUnit:
    """The unit `actor`, and the mark of the end of its critical memory."""

    actor: Actor
    mark: Mark


@attrs.frozen
class ClosedUnit:
    """A closed unit with what it sold, which it shows, so that its operator sees that nothing is missing."""

    unit: SalesUnit
    service: Service


def close_unit(command: CloseUnit, services: Services) -> ClosedUnit:
    """The unit, closed; the numbers that it did not sell are free for other units.

    Raises:
        StateRefusesError: the unit serves no raffle, or is closed, in error or lost.
        UnitNotUploadedError: its memory does not end where that ends which it has handed in.
    """
    now = services.clock.now()
    with services.transactions.begin() as work:
        unit = calling_unit(command.actor, work)
        if unit.enrolment_id is None:
            raise StateRefusesError("The unit serves no raffle.", state=unit.state.value, action="close")
        closing = unit if unit.state is SalesUnitState.CLOSING else unit.after(SalesUnitEvent.START_CLOSING)
        enrolment = work.units.enrolment(unit.enrolment_id)
        end = work.uploads.end(enrolment)
        if end.mark != command.mark:
            raise UnitNotUploadedError("The unit holds other sales; hand them in.", stored=end.position)
        closed = closing.after(SalesUnitEvent.CLOSE, {Guard.UNIT_UPLOADED})
        work.blocks.release_all(enrolment.raffle_id, unit.holder, now)
        work.units.close(enrolment.id, now)
        served = service(work.units.enrolment(enrolment.id), work)
        facts: dict[str, Fact] = {
            "enrolment": str(enrolment.id),
            "raffle": str(enrolment.raffle_id),
            "orders": served.takings.orders,
            "numbers": served.takings.numbers,
            "cash": served.takings.cash_minor,
            "card": served.takings.card_minor,
        }
        record(closed, EventKind.UNIT_CLOSED, now, command.actor, facts, work)
        return ClosedUnit(closed, served)
