"""Register a sales unit: known from here on, and disabled until it enrols (GLI-31 6.1.2)."""

import attrs

from riff.domain.accounts.actor import Actor
from riff.domain.audit.event_catalogue import EventKind
from riff.domain.identifiers import OrganizationId, UnitId
from riff.domain.units.sales_unit import SalesUnit
from riff.ports.services import Services
from riff.usecases.units.managed_unit import new_logon, require_operator
from riff_critical.lifecycle import SALES_UNIT


@attrs.frozen
class RegisterUnit:
    """Which device `actor` registers.

    Attributes:
        actor: a member of staff.
        organization_id: whose device it is.
        label: what is painted on it.
        subject: how the identity provider of devices names it.
        operator: subject of the member of staff who sells with it.
    """

    actor: Actor
    organization_id: OrganizationId
    label: str
    subject: str
    operator: str


@attrs.frozen
class UnitWithLogon:
    """A unit, and the code that its operator logs on with: shown once, and kept nowhere.

    Whoever missed it asks for another one (`update_unit`).
    """

    unit: SalesUnit
    logon_code: str = attrs.field(repr=False)


def register_unit(command: RegisterUnit, services: Services) -> UnitWithLogon:
    """The unit, with a logon code to hand to its operator.

    Raises:
        NotFoundError, NotPermittedError: no such organization, or the actor may not manage its units.
        InvalidRequestError: the operator is nobody who may operate units there.
        AlreadyRegisteredError: another unit has this subject, or this label in the organization.
    """
    now = services.clock.now()
    with services.transactions.begin() as work:
        organization = work.raffles.organization(command.organization_id)
        command.actor.require("units:manage", organization.id)
        require_operator(command.operator, organization.id, work)
        unit = SalesUnit(
            id=UnitId(services.identifiers.new()),
            organization_id=organization.id,
            label=command.label,
            subject=command.subject,
            operator=command.operator,
            state=SALES_UNIT.initial,
            enrolment_id=None,
            registered_at=now,
        )
        work.units.add(unit)
        work.events.append(
            unit.stream,
            EventKind.UNIT_REGISTERED,
            now,
            command.actor.label,
            {"organization": str(organization.id), "label": unit.label, "operator": unit.operator},
        )
        return UnitWithLogon(unit, new_logon(unit, work, services))
