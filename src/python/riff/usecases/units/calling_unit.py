"""The sales unit that calls, and what it serves.  Part of every operation of a unit."""

from uuid import UUID

from riff.domain.accounts.actor import Actor
from riff.domain.identifiers import UnitId
from riff.domain.units.sales_unit import Enrolment, SalesUnit
from riff.errors import StateRefusesError
from riff.ports.stores import Work
from riff_critical.lifecycle import SalesUnitState


def calling_unit(actor: Actor, work: Work) -> SalesUnit:
    """The unit behind an actor, locked: it does one thing at a time, and nobody suspends it meanwhile.

    Raises:
        NotFoundError: there is no such unit.
    """
    return work.units.lock(UnitId(UUID(actor.name)))


def service_of(unit: SalesUnit, work: Work) -> Enrolment:
    """What an active unit serves.

    Raises:
        StateRefusesError: the unit is not active.
    """
    if unit.state is not SalesUnitState.ACTIVE or unit.enrolment_id is None:
        state = unit.state.value
        raise StateRefusesError(f"A sales unit that is {state} does not sell.", state=state, action="sell")
    return work.units.enrolment(unit.enrolment_id)


def unit_of(actor: Actor, work: Work) -> SalesUnit:
    """The unit behind an actor, as it stands.

    Raises:
        NotFoundError: there is no such unit.
    """
    return work.units.get(UnitId(UUID(actor.name)))
