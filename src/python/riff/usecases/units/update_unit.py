"""Give a sales unit another label or another operator."""

import attrs

from riff.domain.accounts.actor import Actor
from riff.domain.audit.event_catalogue import EventKind
from riff.domain.identifiers import UnitId
from riff.domain.units.sales_unit import SalesUnit
from riff.errors import StateRefusesError
from riff.ports.services import Services
from riff.ports.stores import Work
from riff.usecases.units.managed_unit import managed_unit, new_logon, require_operator
from riff.usecases.units.register_unit import UnitWithLogon


@attrs.frozen
class UpdateUnit:
    """How `actor` wants a unit to be known, and who sells with it from now on."""

    actor: Actor
    unit_id: UnitId
    label: str
    operator: str


def update_unit(command: UpdateUnit, services: Services) -> UnitWithLogon:
    """The unit, with a new logon code for its operator.

    Raises:
        NotFoundError, NotPermittedError: no such unit, or the actor may not manage it.
        InvalidRequestError: the operator is nobody who may operate units there.
        AlreadyRegisteredError: another unit of the organization has this label.
        StateRefusesError: another operator is to take over while the unit owes sales, and cash, of this one.
    """
    now = services.clock.now()
    with services.transactions.begin() as work:
        unit = managed_unit(command.unit_id, command.actor, work)
        if command.operator != unit.operator:
            _require_free(unit, work)
            require_operator(command.operator, unit.organization_id, work)
        updated = attrs.evolve(unit, label=command.label, operator=command.operator)
        work.units.describe(updated)
        work.events.append(
            unit.stream,
            EventKind.UNIT_UPDATED,
            now,
            command.actor.label,
            {
                "label_before": unit.label,
                "label": updated.label,
                "operator_before": unit.operator,
                "operator": updated.operator,
            },
        )
        return UnitWithLogon(updated, new_logon(updated, work, services))


def _require_free(unit: SalesUnit, work: Work) -> None:
    if unit.enrolment_id is not None and work.units.enrolment(unit.enrolment_id).closed_at is None:
        raise StateRefusesError(
            "The unit serves a raffle under its present operator; close it first.",
            state=unit.state.value,
            action="appoint",
        )
