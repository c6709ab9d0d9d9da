"""A sales unit in the hands of staff: looked up, changed, and put on record.  Part of several operations."""

from collections.abc import Mapping
from datetime import datetime

from riff.domain.accounts.actor import Actor, ActorKind
from riff.domain.audit.event_catalogue import EventKind
from riff.domain.audit.significant_event import Fact
from riff.domain.identifiers import OrganizationId, UnitId
from riff.domain.units.sales_unit import SalesUnit, logon_code, logon_digest
from riff.errors import InvalidRequestError, NotFoundError, NotPermittedError
from riff.ports.services import Services
from riff.ports.stores import Work


def managed_unit(unit_id: UnitId, actor: Actor, work: Work) -> SalesUnit:
    """A unit, locked, that this member of staff may manage.

    Raises:
        NotFoundError, NotPermittedError: no such unit, or the actor may not manage it.
    """
    unit = work.units.lock(unit_id)
    actor.require("units:manage", unit.organization_id)
    return unit


def record(
    unit: SalesUnit, kind: EventKind, at: datetime, actor: Actor, facts: Mapping[str, Fact], work: Work
) -> None:
    """Store the unit as it is now, with the event that made it so."""
    work.units.update(unit)
    work.events.append(unit.stream, kind, at, actor.label, {"state": unit.state.value, **facts})


def new_logon(unit: SalesUnit, work: Work, services: Services) -> str:
    """A fresh logon code of a unit, in place of the one before; only its digest is kept."""
    code = logon_code(services.keys.new_key())
    work.units.set_logon(unit.id, logon_digest(unit.id, code))
    return code


def require_operator(subject: str, organization_id: OrganizationId, work: Work) -> None:
    """Refuse an operator who may not operate units of the organization.

    Raises:
        InvalidRequestError: it is nobody, or nobody who may.
    """
    member = work.staff.find(subject)
    try:
        grants = () if member is None else member.grants
        Actor(ActorKind.STAFF, subject, grants).require("units:operate", organization_id)
    except (NotFoundError, NotPermittedError) as error:
        raise InvalidRequestError(
            "The operator is not valid.", [("/operator", "must be somebody who may operate sales units here")]
        ) from error
